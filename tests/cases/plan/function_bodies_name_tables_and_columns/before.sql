create table public.a (id int);
create function public.read_a() returns bigint language sql as 'select count(id) from a';
