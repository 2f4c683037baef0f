alter table reviews add constraint reviews_once unique (order_id, listing_id, author);
