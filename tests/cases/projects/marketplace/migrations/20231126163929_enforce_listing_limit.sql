create function enforce_listing_limit() returns trigger language plpgsql security definer set search_path = public as $$
declare
  lim int;
begin
  select max_listings into lim from plan_limits p join shops s on s.plan = p.plan where s.id = new.shop_id;
  if lim is not null and (select count(*) from listings where shop_id = new.shop_id and status <> 'sold') >= lim then
    raise exception 'plan allows % listings', lim using hint = 'Upgrade the plan.';
  end if;
  return new;
end $$;
create trigger listings_limit before insert on listings for each row execute function enforce_listing_limit();
