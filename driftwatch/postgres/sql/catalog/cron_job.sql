-- cron_job: jobs of pg_cron by name, or by schedule and command where they have none; keys in commands are hidden.
-- @needs cron.job
with masked as (
  select j.jobid, to_jsonb(j) ->> 'jobname' as jobname, j.schedule, j.username, j.database, j.active,
         regexp_replace(regexp_replace(regexp_replace(regexp_replace(j.command,
           'eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)?', '(hidden)', 'g'),
           '\m(sb_secret|sbp|sk|whsec|ghp)_[A-Za-z0-9_-]{8,}', '(hidden)', 'g'),
           '(bearer\s+)[A-Za-z0-9._~+/=-]{8,}', '\1(hidden)', 'gi'),
           '(://[^:/@\s'']+:)[^@\s'']+@', '\1(hidden)@', 'g') as command
    from cron.job j
), named as (
  select m.*,
         coalesce(m.jobname || case when count(*) over (partition by m.jobname) > 1 then ' of ' || m.username
                                    else '' end,
                  m.schedule || ' ' || regexp_replace(btrim(m.command), '\s+', ' ', 'g')) as name
    from masked m
)
select 'cron' as schema,
       n.name || case when row_number() over same = 1 then ''
                      else ' (' || row_number() over same || ')' end as identity,
       n.schedule,
       n.command,
       nullif(n.database, current_database()) as database,
       n.username,
       n.active
  from named n
window same as (partition by n.name order by n.jobid)
