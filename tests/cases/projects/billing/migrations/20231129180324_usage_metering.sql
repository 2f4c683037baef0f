create table billing.usage_events (
  customer_id uuid not null references billing.customers (id),
  meter       text not null,
  quantity    numeric not null check (quantity >= 0),
  occurred_at timestamptz not null default now(),
  idempotency_key text not null
) partition by list (meter);

create table billing.usage_events_api partition of billing.usage_events for values in ('api_calls');
create table billing.usage_events_storage partition of billing.usage_events for values in ('gb_hours', 'egress_gb');
create table billing.usage_events_other partition of billing.usage_events default;

create unique index on billing.usage_events (meter, idempotency_key);
create index on billing.usage_events using brin (occurred_at) with (pages_per_range = 32);
