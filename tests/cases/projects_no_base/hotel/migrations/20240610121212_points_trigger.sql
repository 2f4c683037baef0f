create or replace function public.award_points() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.guests set loyalty_points = loyalty_points + 10 * (new.departure - new.arrival) where id = new.guest_id;
  return new;
end $$;

create trigger bookings_award_points after update of status on public.bookings
  for each row when (old.status <> 'departed' and new.status = 'departed') execute function public.award_points();
