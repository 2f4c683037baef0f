create type bundle_line as (listing_id bigint, quantity int);
create table bundles (
  id serial primary key,
  shop_id bigint not null references shops on delete cascade,
  name text not null,
  lines bundle_line[] not null,
  price numeric(10, 2) not null
);
alter table bundles enable row level security;
create policy bundles_read on bundles for select using (true);
