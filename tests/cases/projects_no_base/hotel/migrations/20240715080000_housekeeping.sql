create type public.housekeeping_state as enum ('clean', 'dirty', 'inspected');
alter table public.rooms add column housekeeping public.housekeeping_state not null default 'clean';
alter publication supabase_realtime add table public.rooms;
