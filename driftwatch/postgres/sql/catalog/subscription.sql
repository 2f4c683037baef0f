-- subscription: what a plain login may read; the connection string is a secret and is never read.
select '' as schema,
       quote_ident(s.subname) as identity,
       s.subenabled as enabled,
       s.subbinary as "binary",
       case left(s.substream::text, 1) when 't' then 'on' when 'p' then 'parallel' else 'off' end as streaming,
       s.subtwophasestate <> 'd' as two_phase,
       s.subdisableonerr as disable_on_error,
       s.subslotname::text as slot,
       s.subsynccommit as synchronous_commit,
       array(select p from unnest(s.subpublications) p order by p collate "C") as publications,
       s.suborigin as origin, --@ >=160000
       s.subpasswordrequired as password_required, --@ >=160000
       s.subrunasowner as run_as_owner, --@ >=160000
       s.subfailover as failover, --@ >=170000
       quote_ident(pg_get_userbyid(s.subowner)) as owner,
       d.description as comment
  from pg_subscription s
  left join pg_description d on d.classoid = 'pg_subscription'::regclass and d.objoid = s.oid and d.objsubid = 0
 where s.subdbid = (select oid from pg_database where datname = current_database())
