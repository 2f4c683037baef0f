select cron.schedule('drain-emails', '* * * * *', $$select internal.call_edge_function('drain-emails')$$);
select cron.schedule('drain-push', '30 seconds', $$select internal.call_edge_function('drain-push', '{"batch": 100}')$$);
select cron.schedule(
  'purge-cron-history',
  '17 3 * * *',
  $job$ delete from cron.job_run_details where end_time < now() - interval '14 days' $job$
);
