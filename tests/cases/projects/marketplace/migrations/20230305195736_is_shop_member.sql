create function is_shop_member(shop bigint) returns boolean language sql stable security definer set search_path = public as
$$ select exists (select 1 from shop_members where shop_id = shop and user_id = auth.uid()) $$;
create policy "members see members" on shop_members for select using (is_shop_member(shop_id));
