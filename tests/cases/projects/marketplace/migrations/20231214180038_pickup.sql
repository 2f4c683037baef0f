alter table orders add column pickup boolean not null default false;
alter table orders add constraint pickup_or_address check (pickup or ship_to is not null) not valid;
grant select (pickup) on orders to authenticated;
