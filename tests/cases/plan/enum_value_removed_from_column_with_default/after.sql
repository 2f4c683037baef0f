create type public.state as enum ('closed', 'open');
create table public.orders (id int, state public.state not null default 'open', old_states public.state[] default array['closed']::public.state[]);
create index orders_open on public.orders (id) where state = 'open';
alter table public.orders add constraint not_closed check (state <> 'closed' or id > 5);
create view public.open_orders as select id, state from public.orders where state = 'open';
comment on column public.orders.state is 'where it stands';
grant update (state) on public.orders to alice;
