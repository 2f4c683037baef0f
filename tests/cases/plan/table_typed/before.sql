create type pt as (a int, b text);
create table t of pt;
