create table t (a int primary key, b int check (b > 0), c int references t);
comment on constraint t_pkey on t is 'pk';
comment on constraint t_b_check on t is 'old';
