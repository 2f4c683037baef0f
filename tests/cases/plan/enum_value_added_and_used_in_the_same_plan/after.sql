create type public.state as enum ('new', 'open', 'done');
create table public.orders (id int, state public.state default 'new', constraint c check (state <> 'done'));
create index done on public.orders (id) where state = 'done';
