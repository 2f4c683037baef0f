create function notify_restock() returns trigger language plpgsql security definer set search_path = public as $$
begin
  with r as (delete from restock_requests where listing_id = new.id returning user_id)
  insert into notifications (user_id, type, data) select user_id, 'restock', jsonb_build_object('listing', new.id) from r;
  return null;
end $$;
create trigger listings_restock after update of stock on listings
  for each row when (old.stock = 0 and new.stock > 0) execute function notify_restock();
