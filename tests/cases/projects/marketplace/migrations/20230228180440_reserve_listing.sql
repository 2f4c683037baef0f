create function reserve_listing(l bigint) returns void language sql security definer set search_path = public as $$
  update listings set status = 'reserved' where id = l and status = 'published'
$$;
