create table if not exists private.orders (id int primary key);
create temp table staging (id int);
create table if not exists public.gone (id int primary key);
drop table public.gone;
create table if not exists public.moved (id int primary key);
alter table public.moved set schema private;
create materialized view if not exists public.m as select 1 as id;
