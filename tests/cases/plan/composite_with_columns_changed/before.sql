create type public.address as (street text, zip text);
create table public.people (id int, home public.address, others public.address[]);
create view public.streets as select (home).street from public.people;
insert into public.people values (1, row('a', '1'), array[row('b', '2')::public.address]);
