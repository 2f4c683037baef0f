create extension pg_cron;
select cron.schedule('nightly', '30 3 * * *', 'call clean_up(0)');
select cron.schedule('0 5 * * *', 'select ''it''''s''');
select cron.schedule_in_database('elsewhere', '@hourly', 'select 3', 'template1', 'alice', false);
select cron.schedule_in_database('asleep', '10 seconds', 'select 4', current_database(), null, false);
