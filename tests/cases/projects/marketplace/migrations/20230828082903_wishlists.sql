create table wishlists (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references profiles on delete cascade,
  title text not null default 'My wishlist',
  share_token text unique
);
create table wishlist_items (
  wishlist_id uuid references wishlists on delete cascade,
  listing_id bigint references listings on delete cascade,
  primary key (wishlist_id, listing_id)
);
alter table wishlists enable row level security;
alter table wishlist_items enable row level security;
