create type public.address as (street text, zip text);
create table public.people (id int, home public.address);
insert into public.people values (1, row('a', '1'));
