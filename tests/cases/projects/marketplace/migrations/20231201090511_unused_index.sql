drop index concurrently if exists listings_tags;
