BEGIN ISOLATION LEVEL SERIALIZABLE;
alter table order_items add column variant_id bigint references listing_variants on delete restrict;
alter table order_items drop constraint order_items_pkey;
alter table order_items add column line smallint;
update order_items i set line = x.n
  from (select order_id, listing_id, row_number() over (partition by order_id order by listing_id) as n from order_items) x
 where x.order_id = i.order_id and x.listing_id = i.listing_id;
alter table order_items alter column line set not null, add primary key (order_id, line);
COMMIT;
