create table t (a int, id2 int generated always as identity);
