-- clusters: two
create role maker;
create role reader;
create schema app authorization maker;
alter default privileges for role maker grant select on tables to reader;
alter default privileges for role maker in schema app grant execute on functions to reader;
