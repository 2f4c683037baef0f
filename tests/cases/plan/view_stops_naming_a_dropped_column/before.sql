create table public.t (id int, gone int, kept int);
create view public.v as select id, kept from public.t where gone > 1;
create function public.f() returns int language sql as 'select kept from public.v';
