create table public.t (id int, kept int);
create view public.v as select id, kept from public.t where kept > 1;
create function public.f() returns int language sql as 'select id from public.v';
