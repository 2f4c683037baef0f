alter table orders add column ship_to uuid references addresses on delete set null;
