create table public.events (at date) partition by range (at);
create table public.events_25 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
create table public.events_h2 partition of public.events for values from ('2025-07-01') to ('2026-07-01');
