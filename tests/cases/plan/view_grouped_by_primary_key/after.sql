create table public.t (id int, name text, constraint t_key primary key (id));
create table public.o (t int, n int);
create view public.v as select t.id, t.name, sum(o.n) as n from public.t join public.o on o.t = t.id group by t.id;
