create role maker;
create role "Odd Reader";
create schema app authorization maker;
alter default privileges for role maker in schema app grant select, insert on tables to "Odd Reader" with grant option;
alter default privileges for role maker revoke execute on functions from public;
alter default privileges for role maker grant usage on schemas to "Odd Reader";
alter default privileges for role maker revoke usage on types from public;
alter default privileges for role maker grant usage, select on sequences to "Odd Reader";
