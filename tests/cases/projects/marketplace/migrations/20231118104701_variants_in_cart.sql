alter table cart_items add column variant_id bigint references listing_variants on delete cascade;
alter table cart_items drop constraint cart_items_pkey;
alter table cart_items add column id bigint generated always as identity primary key;
alter table cart_items add constraint cart_items_uq unique nulls not distinct (user_id, listing_id, variant_id);
