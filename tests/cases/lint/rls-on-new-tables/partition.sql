create table if not exists private.m (at date) partition by range (at);
create table if not exists public.m1 partition of private.m for values from ('2025-01-01') to ('2026-01-01');
-- expect: 2 rls-on-new-tables
