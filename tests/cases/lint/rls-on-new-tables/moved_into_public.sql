create table if not exists private.a (id int primary key);
alter table private.a set schema public;
-- expect: 1 rls-on-new-tables
