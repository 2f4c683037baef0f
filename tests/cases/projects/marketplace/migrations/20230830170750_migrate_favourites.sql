BEGIN;

insert into wishlists (user_id, title) select distinct user_id, 'Favourites' from favourites;
insert into wishlist_items (wishlist_id, listing_id)
select w.id, f.listing_id from favourites f join wishlists w on w.user_id = f.user_id;

COMMIT;
