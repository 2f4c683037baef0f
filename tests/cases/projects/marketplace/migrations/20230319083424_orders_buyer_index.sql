create index concurrently if not exists orders_buyer_idx on orders (buyer, created_at desc);
