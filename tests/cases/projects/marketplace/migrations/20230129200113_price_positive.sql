alter table listings add constraint listings_price_check check (price > 0);
