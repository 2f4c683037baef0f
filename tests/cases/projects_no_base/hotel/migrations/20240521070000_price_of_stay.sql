create or replace function public.price_of_stay(room bigint, stay daterange) returns numeric
language sql stable as $$
  select sum(r.per_night)
    from generate_series(lower(stay), upper(stay) - 1, interval '1 day') as night(d)
    join public.room_rates r on r.room_id = room and r.season @> night.d::date
$$;
