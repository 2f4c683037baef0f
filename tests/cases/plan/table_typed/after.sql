create type pt as (a int, b text);
create table t (a int, b text, c int default 3);
