create index listings_shop_id on listings (shop_id);
create index listings_category_id on listings (category_id);
