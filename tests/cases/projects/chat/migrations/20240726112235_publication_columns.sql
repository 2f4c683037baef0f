-- The client only needs these; keeps avatars and topics off the wire.
alter table public.rooms add column is_listed boolean not null default true;
alter publication supabase_realtime drop table public.rooms;
alter publication supabase_realtime add table public.rooms (id, is_listed, name) where (is_listed);
alter table public.rooms replica identity default;
