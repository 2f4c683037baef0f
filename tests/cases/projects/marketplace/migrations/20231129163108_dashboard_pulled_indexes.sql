create index if not exists disputes_opened_by_idx on public.disputes using btree (opened_by);
create index if not exists reports_listing_id_idx on public.reports using btree (listing_id);
create index if not exists shipments_order_id_idx on public.shipments using btree (order_id);
create index if not exists order_items_listing_id_idx on public.order_items using btree (listing_id);
