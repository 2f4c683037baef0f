do $$ begin if not exists (select from pg_roles where rolname = 'reporting') then create role reporting nologin; end if; end $$;
grant reporting to postgres;
grant usage on schema public to reporting;
alter default privileges in schema public grant select on tables to reporting;
alter role reporting set statement_timeout = '5s';
alter role authenticator set pgrst.db_schemas = 'public, private';
notify pgrst, 'reload config';
