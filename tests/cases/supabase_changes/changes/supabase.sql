-- case: anon bypasses row level security
-- as: supabase_admin
alter role anon bypassrls;
-- expect: changed role anon: bypass_rls
-- undo
alter role anon nobypassrls;

-- case: anon may log in
-- as: supabase_admin
alter role anon login;
-- expect: changed role anon: login
-- undo
alter role anon nologin;

-- case: authenticator may create databases
-- as: supabase_admin
alter role authenticator createdb;
-- expect: changed role authenticator: create_db
-- undo
alter role authenticator nocreatedb;

-- case: authenticator has the rights of service_role without asking
-- as: supabase_admin
alter role authenticator inherit;
-- expect: changed role authenticator: inherit
-- undo
alter role authenticator noinherit;

-- case: a superuser called postgres
-- as: supabase_admin
alter role postgres superuser;
-- expect: changed role postgres: superuser
-- undo
alter role postgres nosuperuser;

-- case: the auth service bypasses row level security
-- as: supabase_admin
alter role supabase_auth_admin bypassrls;
-- expect: changed role supabase_auth_admin: bypass_rls
-- undo
alter role supabase_auth_admin nobypassrls;

-- case: the auth service is a superuser
-- as: supabase_admin
alter role supabase_auth_admin superuser;
-- expect: changed role supabase_auth_admin: superuser
-- undo
alter role supabase_auth_admin nosuperuser;

-- case: the read-only user may create roles
-- as: supabase_admin
alter role supabase_read_only_user createrole;
-- expect: changed role supabase_read_only_user: create_role
-- undo
alter role supabase_read_only_user nocreaterole;

-- case: service_role no longer bypasses row level security
-- as: supabase_admin
alter role service_role nobypassrls;
-- expect: changed role service_role: bypass_rls
-- undo
alter role service_role bypassrls;

-- case: at most five connections for authenticator
-- as: supabase_admin
alter role authenticator connection limit 5;
-- expect: changed role authenticator: connection_limit
-- undo
alter role authenticator connection limit -1;

-- case: another superuser
-- as: supabase_admin
create role back_door superuser login;
-- expect: added role back_door
-- undo
drop role back_door;

-- case: service_role for anon
-- as: supabase_admin
grant service_role to anon;
-- expect: added role_membership anon in service_role
-- undo
revoke service_role from anon;

-- case: the superuser for authenticated
-- as: supabase_admin
grant supabase_admin to authenticated;
-- expect: added role_membership authenticated in supabase_admin
-- undo
revoke supabase_admin from authenticated;

-- case: the superuser for authenticator
-- as: supabase_admin
grant supabase_admin to authenticator;
-- expect: added role_membership authenticator in supabase_admin
-- undo
revoke supabase_admin from authenticator;

-- case: service_role for a role of the project
grant service_role to reporting;
-- expect: added role_membership reporting in service_role
-- undo
revoke service_role from reporting;

-- case: everybody's data for authenticated
grant pg_read_all_data to authenticated;
-- expect: added role_membership authenticated in pg_read_all_data
-- undo
revoke pg_read_all_data from authenticated;

-- case: programs of the server for postgres
-- as: supabase_admin
grant pg_execute_server_program to postgres;
-- expect: added role_membership postgres in pg_execute_server_program
-- undo
revoke pg_execute_server_program from postgres;

-- case: the API loses the role anon
-- as: supabase_admin
revoke anon from authenticator;
-- expect: removed role_membership authenticator in anon
-- undo
grant anon to authenticator;

-- case: authenticator may pass service_role on
-- as: supabase_admin
grant service_role to authenticator with admin option;
-- expect: changed role_membership authenticator in service_role: admin
-- undo
revoke admin option for service_role from authenticator;

-- case: a setting of anon
-- as: postgres
alter role anon set statement_timeout = '1h';
-- expect: changed role_setting anon: settings
-- undo
alter role anon set statement_timeout = '3s';

-- case: a setting of authenticator in this database
alter role authenticator in database postgres set statement_timeout = '1min';
-- expect: added role_setting authenticator in this database
-- undo
alter role authenticator in database postgres reset statement_timeout;

-- case: a setting of a project's role in this database
alter role reporting in database postgres set work_mem = '64MB';
-- expect: added role_setting reporting in this database
-- undo
alter role reporting in database postgres reset work_mem;

-- case: the auth service looks for names elsewhere first
-- as: supabase_admin
alter role supabase_auth_admin set search_path = public, auth;
-- expect: changed role_setting supabase_auth_admin: settings
-- undo
alter role supabase_auth_admin set search_path = auth;

-- case: a setting of the database
alter database postgres set statement_timeout = '2min';
-- expect: added database_setting this database
-- undo
alter database postgres reset statement_timeout;

-- case: connections to the database
-- as: supabase_admin
alter database postgres connection limit 20;
-- expect: changed database this database: connection_limit
-- undo
alter database postgres connection limit -1;

-- case: schemas made by anon
grant create on database postgres to anon;
-- expect: changed database this database: acl
-- undo
revoke create on database postgres from anon;

-- case: server files for authenticated
-- as: supabase_admin
grant execute on function pg_catalog.pg_read_file(text) to authenticated;
-- expect: changed system_grant function pg_catalog.pg_read_file(pg_catalog.text): acl
-- undo
revoke execute on function pg_catalog.pg_read_file(text) from authenticated;

-- case: a parameter for authenticated
-- as: supabase_admin
grant set on parameter session_replication_role to authenticated;
-- expect: changed parameter_grant session_replication_role: acl
-- undo
revoke set on parameter session_replication_role from authenticated;

-- case: a trigger on auth.users is disabled
-- as: supabase_admin
alter table auth.users disable trigger on_auth_user_created;
-- expect: changed trigger on_auth_user_created on auth.users: enabled
-- undo
alter table auth.users enable trigger on_auth_user_created;

-- case: a trigger on auth.users is gone
drop trigger on_auth_user_created on auth.users;
-- expect: removed trigger on_auth_user_created on auth.users
-- undo
create trigger on_auth_user_created after insert on auth.users
    for each row execute function public.handle_new_user();

-- case: a webhook on auth.users
create trigger tell_crm after insert on auth.users for each row
    execute function supabase_functions.http_request('https://crm.example.com', 'POST', '{}', '{}', '1000');
-- expect: added trigger tell_crm on auth.users
-- undo
drop trigger tell_crm on auth.users;

-- case: a trigger of storage's own is disabled
-- as: supabase_admin
alter table storage.objects disable trigger protect_objects_delete;
-- expect: changed trigger protect_objects_delete on storage.objects: enabled
-- undo
alter table storage.objects enable trigger protect_objects_delete;

-- case: users readable by everybody
grant select on auth.users to anon;
-- expect: changed table auth.users: acl
-- undo
revoke select on auth.users from anon;

-- case: one column of the users
grant select (email) on auth.users to authenticated;
-- expect: changed column auth.users.email: acl
-- undo
revoke select (email) on auth.users from authenticated;

-- case: sessions for a role of the project
grant select on auth.sessions to reporting;
-- expect: changed table auth.sessions: acl
-- undo
revoke select on auth.sessions from reporting;

-- case: the schema auth open for new objects
-- as: supabase_admin
grant create on schema auth to authenticated;
-- expect: changed schema auth: acl
-- undo
revoke create on schema auth from authenticated;

-- case: the schema vault for anon
-- as: supabase_admin
grant usage on schema vault to anon;
-- expect: changed schema vault: acl
-- undo
revoke usage on schema vault from anon;

-- case: decrypted secrets for authenticated
-- as: supabase_admin
grant select on vault.decrypted_secrets to authenticated;
-- expect: changed system_grant view vault.decrypted_secrets: acl
-- undo
revoke select on vault.decrypted_secrets from authenticated;

-- case: passwords of the pooler for everybody
-- as: supabase_admin
grant execute on function pgbouncer.get_auth(text) to public;
-- expect: changed function pgbouncer.get_auth(text): acl
-- undo
revoke execute on function pgbouncer.get_auth(text) from public;

-- case: a function of auth runs as its owner
-- as: supabase_admin
alter function auth.uid() security definer;
-- expect: changed function auth.uid(): security_definer
-- undo
alter function auth.uid() security invoker;

-- case: storage without row level security
-- as: supabase_admin
alter table storage.objects disable row level security;
-- expect: changed table storage.objects: row_security
-- undo
alter table storage.objects enable row level security;

-- case: users without row level security
-- as: supabase_admin
alter table auth.users disable row level security;
-- expect: changed table auth.users: row_security
-- undo
alter table auth.users enable row level security;

-- case: a policy on storage.objects is wider
alter policy "Upload own avatar" on storage.objects with check (bucket_id = 'avatars');
-- expect: changed policy "Upload own avatar" on storage.objects: check
-- undo
alter policy "Upload own avatar" on storage.objects
    with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = auth.uid()::text);

-- case: a policy on storage.buckets
create policy "Everybody makes buckets" on storage.buckets for insert with check (true);
-- expect: added policy "Everybody makes buckets" on storage.buckets
-- undo
drop policy "Everybody makes buckets" on storage.buckets;

-- case: a policy on realtime.messages
create policy "Everybody listens" on realtime.messages for select using (true);
-- expect: added policy "Everybody listens" on realtime.messages
-- undo
drop policy "Everybody listens" on realtime.messages;

-- case: default privileges of the superuser for everybody
-- as: supabase_admin
alter default privileges for role supabase_admin in schema public grant select on tables to public;
-- expect: changed default_privileges for role supabase_admin in schema public on tables: acl
-- undo
alter default privileges for role supabase_admin in schema public revoke select on tables from public;

-- case: default privileges in auth for anon
-- as: supabase_admin
alter default privileges for role supabase_auth_admin in schema auth grant select on tables to anon;
-- expect: changed default_privileges for role supabase_auth_admin in schema auth on tables: acl
-- undo
alter default privileges for role supabase_auth_admin in schema auth revoke select on tables from anon;

-- case: a table is no longer sent by realtime
alter publication supabase_realtime drop table public.rooms;
-- expect: changed publication supabase_realtime: tables
-- undo
alter publication supabase_realtime add table public.rooms;

-- case: realtime sends inserts only
alter publication supabase_realtime set (publish = 'insert');
-- expect: changed publication supabase_realtime: operations
-- undo
alter publication supabase_realtime set (publish = 'insert, update, delete, truncate');

-- case: an extension is installed
create extension hstore schema extensions;
-- expect: added extension hstore
-- undo
drop extension hstore;

-- case: an extension that every project has is dropped
drop extension pgcrypto;
-- expect: removed extension pgcrypto
-- undo
create extension pgcrypto schema extensions;

-- case: an extension is moved
alter extension pg_trgm set schema public;
-- expect: changed extension pg_trgm: in_schema
-- expect: changed index public.products_name_idx: definition
-- undo
alter extension pg_trgm set schema extensions;

-- case: an extension that every project has is moved
alter extension "uuid-ossp" set schema public;
-- expect: changed extension "uuid-ossp": in_schema
-- undo
alter extension "uuid-ossp" set schema extensions;

-- case: a function of the team's in extensions
create function extensions.helper() returns integer language sql as 'select 1';
-- expect: added function extensions.helper()
-- undo
drop function extensions.helper();

-- case: usage of public lost
-- as: supabase_admin
revoke usage on schema public from anon;
-- expect: changed schema public: acl
-- undo
grant usage on schema public to anon;

-- case: the API shows another name
-- as: supabase_admin
comment on schema public is '@graphql({"inflect_names": true})';
-- expect: changed schema public: comment
-- undo
comment on schema public is 'standard public schema';

-- case: an event trigger of the platform's is disabled
-- as: supabase_admin
alter event trigger issue_pg_net_access disable;
-- expect: changed event_trigger issue_pg_net_access: enabled
-- undo
alter event trigger issue_pg_net_access enable;
