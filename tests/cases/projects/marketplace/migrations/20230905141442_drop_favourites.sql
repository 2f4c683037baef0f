drop view listing_favourites;
drop table favourites;
