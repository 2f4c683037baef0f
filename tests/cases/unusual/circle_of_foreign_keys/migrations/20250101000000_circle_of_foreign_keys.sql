create schema if not exists private;
create table private.a (id int primary key, b int);
create table private.b (id int primary key, a int references private.a (id) deferrable initially deferred);
alter table private.a add constraint to_b foreign key (b) references private.b (id) deferrable initially deferred;
insert into private.b values (1, 1);
insert into private.a values (1, 1);
