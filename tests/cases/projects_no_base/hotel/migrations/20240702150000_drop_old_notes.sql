drop table public.booking_notes_old;
revoke insert, update, delete on public.rooms from anon, authenticated;
