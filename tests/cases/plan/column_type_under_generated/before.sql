create table t (a int, b int generated always as (a * 2) stored, c text generated always as (upper('x' || a::text)) stored);
create index t_b on t (b);
