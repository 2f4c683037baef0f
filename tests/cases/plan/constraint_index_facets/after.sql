create table t (a int primary key with (fillfactor=60), b int unique);
alter table t cluster on t_b_key;
comment on index t_b_key is 'index';
comment on constraint t_b_key on t is 'constraint';
alter table t replica identity using index t_pkey;
