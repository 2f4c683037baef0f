create table d (id bigserial);
create table e () inherits (d);
alter table e add column if not exists of_d bigint;
