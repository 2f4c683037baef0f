create function my_shop(shop bigint) returns shops language sql stable security definer set search_path = public as
$$ select * from shops where id = shop and is_shop_member(shop) $$;
revoke all on function my_shop from public, anon;
