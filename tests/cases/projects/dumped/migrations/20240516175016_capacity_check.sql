create function check_capacity() returns trigger language plpgsql as $$
declare taken int; cap int;
begin
  select capacity into cap from public.events where id = new.event_id for share;
  select coalesce(sum(seats), 0) into taken from public.event_registrations
   where event_id = new.event_id and member_id <> new.member_id;
  if cap is not null and taken + new.seats > cap then
    raise exception 'event is full';
  end if;
  return new;
end $$;
create trigger capacity before insert or update on event_registrations for each row execute function check_capacity();
