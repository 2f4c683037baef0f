create function tracking_url(s shipments) returns text language sql stable as $$
  select format(c.tracking_url, s.tracking_no) from carriers c where c.code = s.carrier
$$;
comment on function tracking_url(shipments) is 'computed column for the API';
