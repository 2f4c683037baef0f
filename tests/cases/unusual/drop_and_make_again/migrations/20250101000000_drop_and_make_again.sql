create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
drop table if exists private.t cascade;
create table if not exists private.t (id int primary key, note text);
drop schema private cascade;
create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
