create type public.state as enum ('open');
create table public.orders (id int, state public.state default 'open');
insert into public.orders values (1);
