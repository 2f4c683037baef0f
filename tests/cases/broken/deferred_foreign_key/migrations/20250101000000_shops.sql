create table public.shops (id int primary key);
create table public.orders (id int primary key, shop int references public.shops (id) deferrable initially deferred);
insert into public.orders values (1, 7);
select 1;
