create function notify_price_drop() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into notifications (user_id, type, data)
  select distinct w.user_id, 'price_drop', jsonb_build_object('listing', new.id, 'from', old.price, 'to', new.price)
    from wishlist_items i join wishlists w on w.id = i.wishlist_id
   where i.listing_id = new.id;
  return null;
end $$;
create trigger listings_price_drop after update of price on listings
  for each row when (new.price < old.price * 0.95) execute function notify_price_drop();
