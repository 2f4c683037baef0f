create function close_reservation_gap() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update reservations set position = position - 1
   where title_id = old.title_id and position > old.position;
  return null;
end $$;
create trigger reservations_close_gap after delete on reservations
  for each row execute function close_reservation_gap();
