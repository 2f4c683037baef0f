create function public.cmp(a int, b int) returns int language sql immutable as 'select $2 - $1';
create operator class public.backwards for type int using btree as operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 public.cmp(int, int);
create table public.t (id int, n int);
create index by_n on public.t (n public.backwards);
