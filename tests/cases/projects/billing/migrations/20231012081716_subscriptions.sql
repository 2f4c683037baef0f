create type billing.subscription_status as enum ('trialing', 'active', 'past_due', 'canceled');

create table billing.subscriptions (
  id            uuid primary key default gen_random_uuid(),
  customer_id   uuid not null references billing.customers (id) on delete cascade,
  plan_id       smallint not null references billing.plans (id),
  status        billing.subscription_status not null default 'trialing',
  quantity      integer not null default 1 check (quantity > 0),
  period        tstzrange not null,
  cancel_at     timestamptz,
  created_at    timestamptz not null default now(),
  -- one subscription at a time
  constraint subscriptions_no_overlap
    exclude using gist (customer_id with =, period with &&)
    where (status <> 'canceled')
);
create index subscriptions_plan_idx on billing.subscriptions (plan_id);
