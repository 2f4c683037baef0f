alter table order_items add column gift_wrap boolean not null default false;
alter table cart_items add column gift_wrap boolean;
alter table cart_items alter column gift_wrap set default false;
