create table p (a int, b text default 'x' not null, g int generated always as (a + 1) stored);
create table c (d int) inherits (p);
create view v as select a, d from c;
