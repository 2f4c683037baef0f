-- the view exists in the dashboard's database; only its last columns are new
create or replace view public.occupancy as
  select r.id as room_id, r.number, count(b.id) as bookings, min(b.arrival) as next_arrival
    from public.rooms r
    left join public.bookings b on b.room_id = r.id and b.arrival >= current_date
   group by r.id, r.number;
