create table public.t (id int, a text);
create function public.label(r public.t) returns text language sql stable as 'select (r).a';
create function public.every() returns setof public.t language sql stable as 'select * from public.t';
create view public.v as select t.label from public.t;
