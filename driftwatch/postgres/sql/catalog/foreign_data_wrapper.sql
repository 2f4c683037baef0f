-- foreign_data_wrapper: handler, validator, options. Values of secret-looking options are hidden.
select '' as schema,
       quote_ident(w.fdwname) as identity,
       case when w.fdwhandler <> 0 then w.fdwhandler::regprocedure::text end as handler,
       case when w.fdwvalidator <> 0 then w.fdwvalidator::regprocedure::text end as validator,
       case when w.fdwoptions is not null
            then array(select regexp_replace(o, '^([^=]*(secret|passw|token|key|private)[^=]*)=.*$', E'\\1=(hidden)', 'i')
                         from unnest(w.fdwoptions) o order by o collate "C") end as options,
       quote_ident(pg_get_userbyid(w.fdwowner)) as owner,
       coalesce(w.fdwacl, acldefault('F', w.fdwowner))::text[] as acl,
       acldefault('F', w.fdwowner)::text[] as acl_default,
       d.description as comment
  from pg_foreign_data_wrapper w
  left join pg_description d
    on d.classoid = 'pg_foreign_data_wrapper'::regclass and d.objoid = w.oid and d.objsubid = 0
 where w.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_foreign_data_wrapper'::regclass and deptype = 'e')
