alter table orders drop column grand_total;
alter table orders add column grand_total numeric(10, 2) generated always as (total - discount + shipping_cost) stored;
