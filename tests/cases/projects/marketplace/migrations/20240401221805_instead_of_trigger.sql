create view shop_profile with (security_invoker = on) as select id, name, description, slug from shops;
create function update_shop_profile() returns trigger language plpgsql as $$
begin
  update shops set name = new.name, description = new.description, slug = new.slug where id = old.id;
  return new;
end $$;
create trigger shop_profile_update instead of update on shop_profile for each row execute function update_shop_profile();
