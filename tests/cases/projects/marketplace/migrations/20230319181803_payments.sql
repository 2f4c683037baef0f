create table payments (
  id uuid primary key default gen_random_uuid(),
  order_id bigint not null references orders,
  provider text not null default 'stripe',
  intent text unique,
  amount numeric(10, 2) not null,
  created_at timestamptz not null default now()
);
alter table payments enable row level security;
