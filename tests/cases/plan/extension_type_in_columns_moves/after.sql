create schema ext;
create extension citext with schema ext;
create table public.t (id int, name ext.citext unique);
create view public.v as select lower(name) as l from public.t;
