-- clusters: two
create role old_app login;
create role readers;
grant readers to old_app with admin option;
alter role old_app set statement_timeout = '5s';
alter role old_app in database postgres set work_mem = '8MB';
create schema app authorization old_app;
create view public.report as select 1 as one;
alter view public.report owner to old_app;
create view public.shared as select 2 as two;
grant select on public.shared to old_app with grant option;
alter default privileges for role old_app in schema public grant select on tables to readers;
alter default privileges in schema public grant select on tables to old_app;
