create table m (id int, v text default 'x' not null, g int generated always as (id * 2) stored, check (v <> '')) partition by list (id);
create table m1 partition of m for values in (1);
create table m2 partition of m for values in (2);
alter table m2 alter v set default 'y';
