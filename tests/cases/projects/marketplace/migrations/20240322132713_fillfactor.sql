alter table cart_items set (fillfactor = 80);
alter table listing_views set (fillfactor = 60, autovacuum_vacuum_threshold = 200);
alter index listings_fts set (fastupdate = off);
