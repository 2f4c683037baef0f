create unique index listing_variants_sku on listing_variants (listing_id, lower(sku)) where sku is not null;
