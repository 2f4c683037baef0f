drop function if exists search_listings_old(text);
drop table if exists slug_backup;
drop view if exists seller_orders;
reindex table listings;
comment on schema private is 'not exposed; jobs and reports';
