create view listing_favourites as
  select listing_id, count(*) as favourites from favourites group by listing_id;
