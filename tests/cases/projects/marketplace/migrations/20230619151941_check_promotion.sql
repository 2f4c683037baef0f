create or replace function check_promotion(shop bigint, promo text) returns integer
language sql stable security definer set search_path = public as $$
  select percent from promotions
   where shop_id = shop and upper(code) = upper(promo)
     and now() >= starts_at and (ends_at is null or now() < ends_at)
$$;
