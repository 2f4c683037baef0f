-- event_trigger: event, function, tags and whether it fires.
select '' as schema,
       quote_ident(t.evtname) as identity,
       t.evtevent::text as event,
       quote_ident(n.nspname) || '.' || quote_ident(f.proname) as function,
       case t.evtenabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica'
                         else 'always' end as enabled,
       case when t.evttags is not null
            then array(select distinct g collate "C" from unnest(t.evttags) g order by 1) end as tags,
       quote_ident(pg_get_userbyid(t.evtowner)) as owner,
       d.description as comment
  from pg_event_trigger t
  join pg_proc f on f.oid = t.evtfoid
  join pg_namespace n on n.oid = f.pronamespace
  left join pg_description d on d.classoid = 'pg_event_trigger'::regclass and d.objoid = t.oid and d.objsubid = 0
 where t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_event_trigger'::regclass and deptype = 'e')
