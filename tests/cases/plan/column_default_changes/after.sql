create table t (a int default 2, b text, c timestamptz default now(), d int default (1 + 1));
