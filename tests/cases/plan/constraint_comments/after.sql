create table t (a int primary key, b int check (b > 0), c int references t);
comment on constraint t_b_check on t is 'new "quoted" ''text''';
comment on constraint t_c_fkey on t is 'fk';
