create function remember_slug() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into shop_slugs (slug, shop_id) values (old.slug, old.id)
  on conflict (slug) do update set shop_id = excluded.shop_id, retired_at = now();
  return new;
end $$;
create trigger shops_remember_slug before update of slug on shops
  for each row when (old.slug <> new.slug) execute function remember_slug();
