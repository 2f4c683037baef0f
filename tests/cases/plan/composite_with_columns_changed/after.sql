create type public.address as (street text, zip varchar(20));
create table public.people (id int, home public.address, others public.address[]);
create view public.streets as select (home).street from public.people;
