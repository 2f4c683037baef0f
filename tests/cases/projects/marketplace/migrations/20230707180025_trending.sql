create materialized view trending as
  select listing_id, sum(views) as views from listing_views
   where day > current_date - 7 group by listing_id order by 2 desc limit 100;
create unique index trending_pk on trending (listing_id);
