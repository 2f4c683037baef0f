-- security_label: one object a provider and labelled object.
select '' as schema,
       quote_ident(l.provider) || ' on ' || o.type || ' ' || o.identity as identity,
       l.label
  from pg_seclabel l
  cross join lateral pg_identify_object(l.classoid, l.objoid, l.objsubid) o
