create type public.a as enum ('x');
revoke usage on type public.a from public;
create type public.b as (x int);
alter type public.b owner to pg_monitor;
grant usage on type public.b to pg_read_all_data with grant option;
create domain public.c as int;
revoke usage on domain public.c from public;
alter domain public.c owner to pg_monitor;
comment on domain public.c is 'c';
