create table addresses (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references profiles on delete cascade,
  recipient text not null,
  street text not null,
  zip text not null,
  town text not null,
  country char(2) not null
);
alter table addresses enable row level security;
create policy "own addresses" on addresses using (auth.uid() = user_id) with check (auth.uid() = user_id);
