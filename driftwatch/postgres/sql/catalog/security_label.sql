-- security_label: one object a provider and labelled object, shared ones (roles, databases …) included.
select '' as schema,
       quote_ident(l.provider) || ' on ' || o.type || ' ' || o.identity as identity,
       l.label
  from (select objoid, classoid, objsubid, provider, label from pg_seclabel
         union all
        select objoid, classoid, 0, provider, label from pg_shseclabel
         where classoid <> 'pg_database'::regclass
            or objoid = (select oid from pg_database where datname = current_database())) l
  cross join lateral pg_identify_object(l.classoid, l.objoid, l.objsubid) o
