create table price_history (
  listing_id bigint not null references listings on delete cascade,
  changed_at timestamptz not null default clock_timestamp(),
  old_price numeric(10, 2) not null,
  new_price numeric(10, 2) not null,
  primary key (listing_id, changed_at)
);
alter table price_history enable row level security;
create policy "price history is public" on price_history for select using (true);
