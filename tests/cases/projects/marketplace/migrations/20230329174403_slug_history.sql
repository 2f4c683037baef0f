create table shop_slugs (
  slug text primary key,
  shop_id bigint not null references shops on delete cascade,
  retired_at timestamptz not null default now()
);
alter table shop_slugs enable row level security;
create policy "old slugs are public" on shop_slugs for select using (true);
