create extension if not exists pg_cron;
select cron.schedule('nightly; clean', '0 3 * * *', $$ delete from public.none_such where at < now() - interval '1 day'; $$);
select cron.unschedule('nightly; clean');
