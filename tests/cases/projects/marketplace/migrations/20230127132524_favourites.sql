create table favourites (
  user_id uuid references profiles on delete cascade default auth.uid(),
  listing_id bigint references listings on delete cascade,
  created_at timestamptz default now(),
  primary key (user_id, listing_id)
);
alter table favourites enable row level security;
create policy "own favourites" on favourites using (auth.uid() = user_id) with check (auth.uid() = user_id);
