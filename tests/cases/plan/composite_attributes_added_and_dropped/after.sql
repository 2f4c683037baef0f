create type public.address as (street text, city varchar(50), country text collate "C");
comment on column public.address.city is 'town';
create function public.show(a public.address) returns text language sql immutable as 'select (a).street';
