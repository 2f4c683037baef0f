-- kept for reference; folders below migrations/ are not read
create table public.rooms (id text primary key);
