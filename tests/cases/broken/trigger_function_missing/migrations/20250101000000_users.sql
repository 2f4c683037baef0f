create table public.users (id uuid primary key, updated_at timestamptz);
