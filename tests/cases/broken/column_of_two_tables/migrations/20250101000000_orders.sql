create table public.shops (id int primary key, name text);
create table public.orders (id int primary key, name text, shop int);
create view public.names as
  select name
  from public.orders o join public.shops s on s.id = o.shop;
