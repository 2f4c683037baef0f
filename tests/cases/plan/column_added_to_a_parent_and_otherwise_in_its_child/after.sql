create table parent (id int, status text default 'new', note text not null default '-');
create table child () inherits (parent);
alter table only child alter status drop default;
alter table only child alter status set not null;
create table other (remark text) inherits (parent);
alter table only other alter status set default 'old';
