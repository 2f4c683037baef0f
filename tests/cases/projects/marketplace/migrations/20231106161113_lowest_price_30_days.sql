-- required by the omnibus directive
create function lowest_price(l bigint, days int default 30) returns numeric language sql stable as $$
  select least(min(h.old_price), min(x.price))
    from listings x left join price_history h on h.listing_id = x.id and h.changed_at > now() - make_interval(days => days)
   where x.id = l
$$;
