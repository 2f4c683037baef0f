-- Those of the dependencies (dependencies.sql) that a plan has to do with: of what depends on the given objects, on
-- these, and so on. And the few that tell more than an order, or cost nothing: of members of extensions, of the columns
-- of partition keys, of all that is no part of a relation.
with recursive reached (class, oid, part) as (
  select class::oid, oid::oid, part
    from (:named) named (class, oid, part, kind, identity)
   where class <> all (array['pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass,
                             'pg_policy'::regclass, 'pg_rewrite'::regclass]::oid[]::int8[])  -- many, and never given
     and part = 0 and kind = any(%(kinds)s) and identity = any(%(identities)s)
   union
  select next.*
    from reached r
   cross join lateral (
          select d.classid, d.objid, d.objsubid
            from pg_depend d
           where d.refclassid = r.class and d.refobjid = r.oid
             and (r.part in (0, d.refobjsubid)
                  or d.refobjsubid = 0 and d.classid = 'pg_type'::regclass)  -- a row type changes with any column
           union all
          -- What is internal stands for what it belongs to: a view's rule for the view. A row type does not.
          select d.refclassid, d.refobjid, d.refobjsubid
            from pg_depend d
           where d.classid = r.class and d.objid = r.oid and d.deptype = 'i' and d.classid <> 'pg_type'::regclass
         ) next
), dependency as not materialized (
  select d.*
    from pg_depend d
   where d.refobjid >= 16384 and d.classid <> 0 and d.deptype in ('n', 'a', 'i', 'x', 'e', 'P', 'S')
)
select d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid
  from reached r
  join dependency d on d.classid = r.class and d.objid = r.oid and r.part in (0, d.objsubid)
 union all
select d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid
  from dependency d
 where d.refclassid = 'pg_extension'::regclass
    or (d.classid, d.objid) = (d.refclassid, d.refobjid)
    or d.classid not in ('pg_class'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass,
                         'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_rewrite'::regclass, 'pg_type'::regclass,
                         'pg_statistic_ext'::regclass)
