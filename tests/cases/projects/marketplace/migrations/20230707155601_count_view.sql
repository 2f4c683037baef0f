create function count_view(l bigint) returns void language sql security definer set search_path = public as $$
  insert into listing_views as v (listing_id, views) values (l, 1)
  on conflict (listing_id, day) do update set views = v.views + 1
$$;
