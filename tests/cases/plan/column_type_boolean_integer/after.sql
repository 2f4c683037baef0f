create table t (a int default 1, b smallint not null default 0, c boolean, d boolean, e boolean);
