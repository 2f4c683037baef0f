-- the rule broke UPDATE ... RETURNING in the API
drop rule remember_price on listings;
create function remember_price() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into price_history (listing_id, old_price, new_price) values (old.id, old.price, new.price);
  return null;
end $$;
create trigger listings_remember_price after update of price on listings
  for each row when (old.price <> new.price) execute function remember_price();
