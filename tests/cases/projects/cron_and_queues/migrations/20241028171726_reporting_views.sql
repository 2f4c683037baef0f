create view internal.queue_lengths as
  select 'emails' as queue, count(*) as waiting, min(enqueued_at) as oldest from pgmq.q_emails
  union all
  select 'push', count(*), min(enqueued_at) from pgmq.q_push
  union all
  select 'thumbnails', count(*), min(enqueued_at) from pgmq.q_thumbnails;

create view internal.cron_overview as
  select j.jobname, j.schedule, j.active, j.command from cron.job j order by j.jobname;

grant select on internal.queue_lengths to reporting;
grant select on internal.daily_orders to support_agent with grant option;
