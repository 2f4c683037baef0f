create table t (id int, gone text, stays int);
create index t_gone on t (gone);
alter table t add constraint g check (gone <> '');
