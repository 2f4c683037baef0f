create function nearby_shops(lat float8, lon float8, km float8 default 25)
returns table (id bigint, name text, distance float8) language sql stable as $$
  select s.id, s.name, (point(s.lon, s.lat) <-> point(nearby_shops.lon, nearby_shops.lat)) * 111.2
    from shops s
   where s.lat is not null
     and point(s.lon, s.lat) <@ circle(point(nearby_shops.lon, nearby_shops.lat), km / 111.2)
   order by 3
$$;
