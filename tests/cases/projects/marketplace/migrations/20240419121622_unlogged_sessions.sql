create unlogged table checkout_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid(),
  cart jsonb not null,
  expires_at timestamptz not null default now() + interval '30 minutes'
);
alter table checkout_sessions enable row level security;
create policy own_session on checkout_sessions to authenticated using (user_id = (select auth.uid()));
