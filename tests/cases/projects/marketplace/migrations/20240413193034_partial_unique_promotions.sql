alter table promotions drop constraint promotions_shop_id_code_key;
create unique index promotions_active_code on promotions (shop_id, code) where ends_at is null;
