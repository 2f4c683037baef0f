create view shop_ratings as
  select l.shop_id, round(avg(r.stars), 2) as rating, count(*) as reviews
    from reviews r join listings l on l.id = r.listing_id
   group by l.shop_id;
