create extension pg_cron;
select cron.schedule('nightly', '0 3 * * *', 'call clean_up(30)');
select cron.schedule('gone', '0 4 * * *', 'select 1');
select cron.schedule('*/5 * * * *', 'select  2');
