create table p (a int, b text default 'x', c int not null);
create table k () inherits (p);
alter table k alter b drop default;
alter table k alter a set default 5;
alter table k alter a set statistics 100;
