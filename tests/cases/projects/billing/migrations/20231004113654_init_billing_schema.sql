create schema if not exists billing;
comment on schema billing is 'Money. Not exposed through the API except by views and functions in public.';

create extension if not exists btree_gist with schema extensions;

grant usage on schema billing to service_role;
alter default privileges in schema billing grant select, insert, update, delete on tables to service_role;
alter default privileges in schema billing grant usage, select on sequences to service_role;
