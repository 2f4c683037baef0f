create type pair as (x bigint, y text);
create domain positive as int check (value > 1);
create function f(int) returns int language sql immutable as 'select $1 + 1';
create table e (id bigint not null, s pair not null, q numeric(8,2), r positive[], p text[], g int generated always as (f(id::int)) stored, primary key (id)) partition by hash (id);
create table c (id bigint not null, r positive[] default '{3}', p text[] default '{a}');
create table a () inherits (c);
alter table c add constraint a_ours check (id > 2);
alter table c add column if not exists of_e bigint;
alter table c add foreign key (of_e) references e;
