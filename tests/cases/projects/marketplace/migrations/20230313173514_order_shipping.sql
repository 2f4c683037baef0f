alter table orders add column shipping_option_id integer references shipping_options;
alter table orders add column shipping_cost numeric(8, 2) not null default 0;
