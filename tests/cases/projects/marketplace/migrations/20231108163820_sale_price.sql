alter table listings add column sale_price numeric(10, 2);
alter table listings add constraint sale_below_price check (sale_price < price);
