create table profiles (
  id uuid primary key references auth.users on delete cascade,
  username text unique,
  full_name text,
  created_at timestamptz default now()
);
alter table profiles enable row level security;
