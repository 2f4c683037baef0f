create type dispute_state as enum ('open', 'answered', 'refunded', 'rejected');
create table disputes (
  id bigint generated always as identity primary key,
  order_id bigint not null unique references orders,
  opened_by uuid not null default auth.uid() references profiles,
  reason text not null,
  state dispute_state not null default 'open',
  created_at timestamptz not null default now()
);
alter table disputes enable row level security;
create policy "open a dispute" on disputes for insert to authenticated with check (
  opened_by = auth.uid() and exists (select from orders o where o.id = order_id and o.buyer = auth.uid()));
create policy "see own disputes" on disputes for select to authenticated using (opened_by = auth.uid());
