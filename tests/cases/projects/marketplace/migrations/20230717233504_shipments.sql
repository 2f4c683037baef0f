create table shipments (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders on delete cascade,
  carrier text,
  tracking_no text,
  shipped_at timestamptz,
  delivered_at timestamptz,
  check (delivered_at >= shipped_at)
);
alter table shipments enable row level security;
create policy "buyers follow shipments" on shipments for select to authenticated
  using (order_id in (select id from orders where buyer = (select auth.uid())));
