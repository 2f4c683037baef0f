create function update_rating() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update shops s
     set (rating, review_count) = (
       select round(avg(r.stars), 2), count(*) from reviews r join listings l on l.id = r.listing_id where l.shop_id = s.id)
   where s.id in (select l.shop_id from listings l join changed c on c.listing_id = l.id);
  return null;
end $$;
create trigger reviews_rating_ins after insert on reviews referencing new table as changed
  for each statement execute function update_rating();
create trigger reviews_rating_del after delete on reviews referencing old table as changed
  for each statement execute function update_rating();
