create type mood as enum ('sad', 'ok', 'happy');
create table t (a mood default 'ok', b mood[] default '{sad}', c int);
create index t_a on t (a);
create index t_p on t (c) where a = 'ok';
alter table t add constraint c1 check (a <> 'sad');
create view v as select a from t;
