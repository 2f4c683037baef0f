create unique index orders_number_uq on orders (number);
alter table orders add constraint orders_number_key unique using index orders_number_uq;
