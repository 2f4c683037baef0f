-- clusters: two
create role monitor login;
create role auditor login;
grant pg_monitor to monitor;
