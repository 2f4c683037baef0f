create unlogged table public.presence (
    user_id uuid primary key references public.users on delete cascade,
    status text not null default 'online' check (status in ('online', 'away', 'dnd')),
    status_text varchar(140),
    seen_at timestamptz not null default now()
);
alter table public.presence enable row level security;
create policy presence_read on public.presence for select to authenticated using (true);
create policy presence_own on public.presence for all to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create index presence_seen_at on public.presence (seen_at) with (fillfactor = 50);
