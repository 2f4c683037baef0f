-- type: enum, composite, range, base and shell types. Array types, row types of tables and multiranges (part of
-- their range) are out.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
       case when not t.typisdefined then 'shell'
            else case t.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range'
                                else 'base' end end as type,
       case when t.typtype = 'e'
            then array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid
                        order by e.enumsortorder) end as labels,
       case when t.typtype = 'c'
            then array(select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                              || case when a.attcollation <> ut.typcollation
                                      then ' collate ' || a.attcollation::regcollation else '' end
                         from pg_attribute a join pg_type ut on ut.oid = a.atttypid
                        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
                        order by a.attnum) end as attributes,
       case when t.typtype = 'c' and exists (select from pg_description ad
                  where ad.classoid = 'pg_class'::regclass and ad.objoid = t.typrelid and ad.objsubid > 0)
            then array(select quote_ident(a.attname) || ': ' || ad.description
                         from pg_description ad
                         join pg_attribute a on a.attrelid = ad.objoid and a.attnum = ad.objsubid
                        where ad.classoid = 'pg_class'::regclass and ad.objoid = t.typrelid and ad.objsubid > 0
                        order by a.attnum) end as attribute_comments,
       case when t.typtype = 'r' then format_type(r.rngsubtype, null) end as subtype,
       case when t.typtype = 'r' then format_type(r.rngmultitypid, null) end as multirange,
       case when t.typtype = 'r' then quote_ident(ron.nspname) || '.' || quote_ident(ro.opcname) end
         as subtype_opclass,
       case when r.rngcollation <> 0 then r.rngcollation::regcollation::text end as "collation",
       case when r.rngcanonical <> 0::regproc then r.rngcanonical::regprocedure::text end as canonical,
       case when r.rngsubdiff <> 0::regproc then r.rngsubdiff::regprocedure::text end as subtype_diff,
       case when t.typtype = 'b' then array_remove(array[
         'input=' || t.typinput::regprocedure,
         'output=' || t.typoutput::regprocedure,
         'receive=' || nullif(t.typreceive, 0::regproc)::regprocedure,
         'send=' || nullif(t.typsend, 0::regproc)::regprocedure,
         'typmod_in=' || nullif(t.typmodin, 0::regproc)::regprocedure,
         'typmod_out=' || nullif(t.typmodout, 0::regproc)::regprocedure,
         'analyze=' || nullif(t.typanalyze, 0::regproc)::regprocedure,
         'subscript=' || nullif(t.typsubscript, 0::regproc)::regprocedure,
         'length=' || t.typlen,
         'by_value=' || t.typbyval,
         'alignment=' || t.typalign::text,
         'storage=' || t.typstorage::text,
         'category=' || t.typcategory::text,
         'preferred=' || t.typispreferred,
         'delimiter=' || t.typdelim::text,
         'element=' || case when t.typelem <> 0 then format_type(t.typelem, null) end,
         'default=' || t.typdefault,
         'collatable=' || (t.typcollation <> 0)], null) end as base,
       quote_ident(pg_get_userbyid(t.typowner)) as owner,
       coalesce(t.typacl, acldefault('T', t.typowner))::text[] as acl,
       acldefault('T', t.typowner)::text[] as acl_default,
       d.description as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
  left join pg_range r on r.rngtypid = t.oid
  left join pg_opclass ro on ro.oid = r.rngsubopc
  left join pg_namespace ron on ron.oid = ro.opcnamespace
  left join pg_description d on d.classoid = 'pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
 where (t.typtype in ('e', 'r', 'b') or t.typtype = 'c' and c.relkind = 'c'
        or t.typtype = 'p' and not t.typisdefined)
   and not (t.typelem <> 0 and exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid))
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_type'::regclass and deptype = 'e')
