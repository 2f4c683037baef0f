create type public.address as (street text, zip varchar(5), city text);
comment on column public.address.zip is 'code';
create function public.show(a public.address) returns text language sql immutable as 'select (a).street';
