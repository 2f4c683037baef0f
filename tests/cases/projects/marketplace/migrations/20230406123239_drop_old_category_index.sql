drop index listings_category_id;
create index listings_category_published on listings (category_id, created_at desc) where status = 'published';
