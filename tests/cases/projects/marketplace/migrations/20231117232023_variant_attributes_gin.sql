create index concurrently listing_variants_attributes on listing_variants using gin (attributes jsonb_path_ops);
