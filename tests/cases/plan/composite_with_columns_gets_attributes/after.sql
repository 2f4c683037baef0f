create type public.address as (street text, zip text, city text);
create table public.people (id int, home public.address);
