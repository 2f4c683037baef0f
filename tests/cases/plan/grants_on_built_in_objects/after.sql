create role app;
revoke execute on function pg_catalog.pg_sleep(double precision) from public;
grant execute on function pg_catalog.pg_sleep(double precision) to app;
grant execute on function pg_catalog.pg_read_file(text) to app;
revoke select on pg_catalog.pg_description from public;
grant select (subconninfo) on pg_catalog.pg_subscription to app;
revoke usage on language plpgsql from public;
