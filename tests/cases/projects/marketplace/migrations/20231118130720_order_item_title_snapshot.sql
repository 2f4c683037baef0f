-- what was bought must not change when the listing does
alter table order_items add column title text;
update order_items i set title = l.title from listings l where l.id = i.listing_id;
alter table order_items alter column title set not null;
alter table order_items drop constraint order_items_listing_id_fkey,
  add constraint order_items_listing_id_fkey foreign key (listing_id) references listings on delete set null;
