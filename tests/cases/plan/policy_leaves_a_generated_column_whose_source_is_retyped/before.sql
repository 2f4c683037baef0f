create table orders (id bigint not null, doubled int generated always as (id::int * 2) stored);
alter table orders enable row level security;
create policy own on orders using (doubled is not null);
