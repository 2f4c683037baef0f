create table public.orders (id int primary key, at timestamptz);
create index on public.orders (date(at));
