create table public.orders (id int primary key, born date, age int generated always as (extract(year from now()) - extract(year from born)) stored);
