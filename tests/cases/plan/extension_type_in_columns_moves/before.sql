create schema ext;
create extension citext with schema public;
create table public.t (id int, name public.citext unique);
create view public.v as select lower(name) as l from public.t;
