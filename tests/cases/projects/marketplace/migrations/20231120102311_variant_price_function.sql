create function variant_price(v listing_variants) returns numeric language sql stable as
$$ select coalesce(v.price, l.effective_price) from listings l where l.id = v.listing_id $$;
