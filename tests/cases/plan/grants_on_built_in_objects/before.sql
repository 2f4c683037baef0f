-- clusters: two
create role app;
grant select on pg_catalog.pg_authid to app;
