create schema jobs;
create schema api;
create schema internal;

comment on schema api   is 'exposed through the Data API (see pgrst.db_schemas)';
comment on schema jobs  is 'background work, not exposed';

grant usage on schema api to anon, authenticated, service_role;
grant usage on schema jobs to service_role;

alter default privileges in schema api grant select on tables to anon, authenticated;
alter default privileges in schema api grant all on tables to service_role;
alter default privileges in schema api revoke execute on functions from public;
alter default privileges in schema api grant execute on functions to authenticated, service_role;
alter default privileges for role postgres in schema jobs grant all on tables to service_role;
alter default privileges for role postgres in schema jobs grant all on sequences to service_role;
