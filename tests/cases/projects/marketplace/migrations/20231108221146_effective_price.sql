alter table listings add column effective_price numeric(10, 2) generated always as (coalesce(sale_price, price)) stored;
create index listings_effective_price on listings (effective_price) where status = 'published' and hidden_at is null;
