alter table order_items add column vat_rate numeric(4, 2) not null default 19;
alter table order_items alter column vat_rate drop default;
alter table order_items add column vat numeric(10, 2) generated always as (round(unit_price * quantity * vat_rate / (100 + vat_rate), 2)) stored;
