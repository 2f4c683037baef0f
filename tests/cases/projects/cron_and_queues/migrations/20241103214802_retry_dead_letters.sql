create or replace function jobs.retry(max_rows int default 50) returns int language plpgsql security definer set search_path = '' as $$
declare
  d jobs.dead_letters;
  n int := 0;
begin
  for d in
    select * from jobs.dead_letters where retried_at is null order by failed_at limit max_rows for update skip locked
  loop
    perform pgmq.send(d.queue, d.message);
    update jobs.dead_letters set retried_at = clock_timestamp() where id = d.id;
    n := n + 1;
  end loop;
  return n;
end $$;
select cron.schedule('retry-dead-letters', '*/15 * * * *', 'select jobs.retry()');
