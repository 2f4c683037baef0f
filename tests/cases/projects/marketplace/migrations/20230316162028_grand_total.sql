alter table orders add column grand_total numeric(10, 2) generated always as (total + shipping_cost) stored;
