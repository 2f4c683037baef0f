create extension if not exists btree_gist with schema extensions;

alter table public.bookings
  add column stay daterange generated always as (daterange(arrival, departure, '[)')) stored;
alter table public.bookings
  add constraint bookings_no_overlap exclude using gist (room_id with =, stay with &&)
  where (status <> 'cancelled');
