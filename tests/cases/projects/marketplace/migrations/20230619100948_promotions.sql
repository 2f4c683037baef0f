create table promotions (
  id uuid primary key default gen_random_uuid(),
  shop_id bigint not null references shops on delete cascade,
  code text not null,
  percent integer not null check (percent between 1 and 90),
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  unique (shop_id, code)
);
alter table promotions enable row level security;
