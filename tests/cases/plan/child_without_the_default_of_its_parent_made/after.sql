create table parent (id int, status text default 'new' not null);
create table child (status text, note text) inherits (parent);
alter table child alter status drop default;
create table other () inherits (parent);
alter table only other alter status drop default;
