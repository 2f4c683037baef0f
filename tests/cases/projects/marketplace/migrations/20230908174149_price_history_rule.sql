create rule remember_price as on update to listings where old.price <> new.price
  do also insert into price_history (listing_id, old_price, new_price) values (old.id, old.price, new.price);
