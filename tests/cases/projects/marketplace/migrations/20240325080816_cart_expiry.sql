alter table cart_items add column added_at timestamptz not null default now();
create index cart_items_added_at on cart_items (added_at);
