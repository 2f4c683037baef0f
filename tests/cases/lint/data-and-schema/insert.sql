alter table private.t add column if not exists a int;
insert into private.t (a) values (1);
insert into private.t (a) values (2);
-- expect: 2 data-and-schema
