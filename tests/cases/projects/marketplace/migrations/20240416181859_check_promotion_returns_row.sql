drop function check_promotion(bigint, text);
create function check_promotion(shop bigint, promo text, out percent integer, out amount numeric)
language sql stable security definer set search_path = public as $$
  select p.percent, p.amount from promotions p
   where p.shop_id = shop and p.code = upper(promo)
     and now() >= p.starts_at and (p.ends_at is null or now() < p.ends_at)
   limit 1
$$;
