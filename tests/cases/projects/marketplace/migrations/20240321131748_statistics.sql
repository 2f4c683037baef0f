create statistics listings_category_condition (dependencies) on category_id, condition from listings;
alter table order_items alter column listing_id set statistics 1000;
