create table t (a int, id int generated always as identity);
