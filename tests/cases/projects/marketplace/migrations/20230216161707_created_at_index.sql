create index concurrently listings_created_at on listings (created_at desc);
