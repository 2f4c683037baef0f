alter table public.bookings enable row level security;

drop policy if exists "Enable read access for all users" on public.bookings;
create policy "guests see their bookings" on public.bookings
  for select to authenticated
  using (guest_id in (select id from public.guests where user_id = (select auth.uid())));
