begin transaction;
alter table shops add column rating numeric(3, 2), add column review_count integer not null default 0;
update shops s set rating = r.rating, review_count = r.reviews from shop_ratings r where r.shop_id = s.id;
drop view shop_ratings;
commit;
