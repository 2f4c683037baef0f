-- Which object needs which, as Postgres records it (docs, 53.18 pg_depend): dependent, then what it depends on.
-- Members of extensions stand for their extension. Built-in objects are never in anybody's way.
select d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid
  from pg_depend d
 where d.refobjid >= 16384 and d.deptype in ('n', 'a', 'i', 'x', 'e', 'P', 'S')
   and d.classid <> 0
   and (d.classid, d.objid) <> (d.refclassid, d.refobjid)
 union all
select d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid
  from pg_depend d
 where d.refobjid >= 16384 and d.classid <> 0
   and (d.classid, d.objid) = (d.refclassid, d.refobjid) and d.objsubid <> d.refobjsubid
