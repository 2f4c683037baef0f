create table cart_items (
  user_id uuid not null default auth.uid() references profiles on delete cascade,
  listing_id bigint not null references listings on delete cascade,
  quantity int not null default 1 check (quantity > 0),
  primary key (user_id, listing_id)
);
alter table cart_items enable row level security;
create policy "own cart" on cart_items using (auth.uid() = user_id);
