-- case: created
create schema extra;
-- expect: added schema extra
-- undo
drop schema extra;

-- case: with a name that needs quotes
create schema "Odd ""name""";
-- expect: added schema "Odd ""name"""
-- undo
drop schema "Odd ""name""";

-- case: owner
alter schema app owner to supabase_admin;
-- expect: changed schema app: owner
-- undo
alter schema app owner to app_owner;

-- case: granted
grant create on schema app to app_writer;
-- expect: changed schema app: acl
-- undo
revoke create on schema app from app_writer;

-- case: public opened
grant create on schema public to public;
-- expect: changed schema public: acl
-- undo
revoke create on schema public from public;

-- case: comment
comment on schema app is 'x';
-- expect: changed schema app: comment
-- undo
comment on schema app is null;

-- case: extension created
create extension pg_trgm;
-- expect: added extension pg_trgm
-- undo
drop extension pg_trgm;

-- case: extension moved
alter extension citext set schema app;
-- expect: changed extension citext: in_schema
-- undo
alter extension citext set schema public;

-- case: extension's comment
comment on extension citext is 'x';
-- expect: changed extension citext: comment
-- undo
comment on extension citext is 'data type for case-insensitive character strings';

-- case: default privileges added
alter default privileges for role app_owner in schema app grant execute on functions to app_reader;
-- expect: added default_privileges for role app_owner in schema app on functions
-- undo
alter default privileges for role app_owner in schema app revoke execute on functions from app_reader;

-- case: default privileges changed
alter default privileges for role app_owner in schema public grant insert on tables to app_writer;
-- expect: changed default_privileges for role app_owner in schema public on tables: acl
-- undo
alter default privileges for role app_owner in schema public revoke insert on tables from app_writer;

-- case: default privileges dropped
alter default privileges for role app_owner grant execute on functions to public;
-- expect: removed default_privileges for role app_owner on functions
-- undo
alter default privileges for role app_owner revoke execute on functions from public;

-- case: default privileges on sequences, types and schemas
alter default privileges for role app_owner grant usage on sequences to app_reader;
alter default privileges for role app_owner revoke usage on types from public;
alter default privileges for role app_owner grant usage on schemas to app_reader;
-- expect: added default_privileges for role app_owner on sequences
-- expect: added default_privileges for role app_owner on types
-- expect: added default_privileges for role app_owner on schemas
-- undo
alter default privileges for role app_owner revoke usage on sequences from app_reader;
alter default privileges for role app_owner grant usage on types to public;
alter default privileges for role app_owner revoke usage on schemas from app_reader;

-- case: grant on a built-in function
grant execute on function pg_catalog.pg_sleep(float8) to app_reader;
-- expect: changed system_grant function pg_catalog.pg_sleep(double precision): acl
-- undo
revoke execute on function pg_catalog.pg_sleep(float8) from app_reader;

-- case: grant on a built-in table's column
grant select (rolpassword) on pg_catalog.pg_authid to app_reader;
-- expect: added system_grant table column pg_catalog.pg_authid.rolpassword
-- undo
revoke select (rolpassword) on pg_catalog.pg_authid from app_reader;

-- case: grant on an extension's function
grant execute on function public.hstore(text, text) to app_reader;
-- expect: changed system_grant function public.hstore(pg_catalog.text,pg_catalog.text): acl
-- undo
revoke execute on function public.hstore(text, text) from app_reader;

-- case: built-in view closed
revoke select on pg_catalog.pg_stats from public;
-- expect: added system_grant view pg_catalog.pg_stats
-- undo
grant select on pg_catalog.pg_stats to public;

-- case: extension's version
drop extension citext;
create extension citext version '1.4';
-- expect: changed extension citext: version
-- undo
alter extension citext update;

-- case: extension's owner
create role app_super superuser;
drop extension citext;
set role app_super;
create extension citext;
reset role;
-- expect: added role app_super
-- expect: changed extension citext: owner
-- undo
drop extension citext;
create extension citext;
drop role app_super;

-- case: created with something in it
create schema nearly_empty;
create type nearly_empty.t as enum ('a');
-- expect: added schema nearly_empty
-- expect: added type nearly_empty.t
-- undo
drop schema nearly_empty cascade;

-- case: granted with grant option
grant create on schema app to app_reader with grant option;
-- expect: changed schema app: acl
-- undo
revoke create on schema app from app_reader;

-- case: extension dropped
drop extension citext;
-- expect: removed extension citext
-- undo
create extension citext;

-- case: default privileges with grant option
alter default privileges for role app_owner in schema public grant select on tables to app_reader with grant option;
-- expect: changed default_privileges for role app_owner in schema public on tables: acl
-- undo
alter default privileges for role app_owner in schema public revoke grant option for select on tables from app_reader;

-- case: default privileges of another role
alter default privileges for role app_reader grant usage on sequences to app_writer;
-- expect: added default_privileges for role app_reader on sequences
-- undo
alter default privileges for role app_reader revoke usage on sequences from app_writer;

-- case: default privileges in a schema for functions
alter default privileges for role app_owner in schema app grant execute on functions to app_writer;
-- expect: added default_privileges for role app_owner in schema app on functions
-- undo
alter default privileges for role app_owner in schema app revoke execute on functions from app_writer;

-- case: grant on an extension's wrapper
create extension postgres_fdw;
grant usage on foreign data wrapper postgres_fdw to app_reader;
-- expect: added extension postgres_fdw
-- expect: added system_grant foreign-data wrapper postgres_fdw
-- undo
drop extension postgres_fdw;

-- case: grant on an extension's type
grant usage on type public.citext to app_reader;
-- expect: added system_grant type public.citext
-- undo
revoke usage on type public.citext from app_reader;

-- case: member of an extension no more
alter extension hstore drop function public.hstore(text, text);
-- expect: added function public.hstore(text, text)
-- expect: removed system_grant function public.hstore(pg_catalog.text,pg_catalog.text)

-- case: security label
set allow_system_table_mods = on;
insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
  values ('app.orders'::regclass, 'pg_class'::regclass, 0, 'lab', 'top'), ('app.orders'::regclass, 'pg_class'::regclass, 1, 'lab', 'x');
insert into pg_shseclabel (objoid, classoid, provider, label)
  values ('app_reader'::regrole, 'pg_authid'::regclass, 'lab', 'low');
-- expect: added security_label lab on role app_reader
-- expect: added security_label lab on table app.orders
-- expect: added security_label lab on table column app.orders.id
-- undo
set allow_system_table_mods = on;
delete from pg_seclabel;
delete from pg_shseclabel;
