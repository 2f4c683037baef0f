create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;

create table public.users (
    id uuid primary key references auth.users on delete cascade,
    handle text not null,
    display_name text not null default '',
    avatar_url text,
    created_at timestamptz default now() not null
);
create unique index users_handle_key on public.users (lower(handle));
alter table public.users enable row level security;
create policy "Profiles are visible to everyone signed in." on public.users for select to authenticated using ( true );
create policy "Users can insert their own profile." on public.users for insert to authenticated with check ( (select auth.uid()) = id );
create policy "Users can update own profile." on public.users for update to authenticated using ( (select auth.uid()) = id );
