create table d (id int not null);
create table e () inherits (d);
alter table d add column if not exists of_d int;
