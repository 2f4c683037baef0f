create table listing_variants (
  id bigint generated always as identity primary key,
  listing_id bigint not null references listings on delete cascade,
  sku text,
  attributes jsonb not null default '{}',
  price numeric(10, 2),
  stock integer not null default 0 check (stock >= 0),
  unique (listing_id, attributes)
);
alter table listing_variants enable row level security;
create policy variants_read on listing_variants for select using (true);
