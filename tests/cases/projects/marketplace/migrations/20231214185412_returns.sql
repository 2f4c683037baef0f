create table returns (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  line smallint not null,
  quantity int not null check (quantity > 0),
  reason text,
  requested_at timestamptz not null default now(),
  received_at timestamptz,
  foreign key (order_id, line) references order_items (order_id, line)
);
alter table returns enable row level security;
create policy "buyers return" on returns for insert to authenticated with check (owns_order(order_id));
create policy "buyers see returns" on returns for select to authenticated using (owns_order(order_id));
