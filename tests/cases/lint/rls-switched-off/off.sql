alter table if exists public.orders disable row level security;
alter table if exists invoices enable row level security, disable row level security;
alter table if exists private.notes disable row level security;
-- expect: 1 rls-switched-off
-- expect: 2 rls-switched-off
