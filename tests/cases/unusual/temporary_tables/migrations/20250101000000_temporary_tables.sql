create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create temp table staging (id int, note text) on commit drop;
insert into staging select n, 'row ' || n from generate_series(1, 10) as n;
insert into private.t select * from staging;
create temporary table kept as select * from private.t;
drop table kept;
