create extension if not exists btree_gist with schema extensions;
alter table payouts add constraint payouts_no_overlap exclude using gist (shop_id with =, period with &&);
