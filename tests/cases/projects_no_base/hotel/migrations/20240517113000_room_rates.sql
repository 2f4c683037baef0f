create table public.room_rates (
  room_id bigint not null references public.rooms (id) on delete cascade,
  season daterange not null,
  per_night numeric(8, 2) not null check (per_night > 0),
  exclude using gist (room_id with =, season with &&)
);
alter table public.room_rates enable row level security;
create policy "rates are public" on public.room_rates for select using (true);
