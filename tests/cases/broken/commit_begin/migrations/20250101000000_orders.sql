create table public.orders (id bigint primary key);
COMMIT;
BEGIN;
create index on public.orders (id);
