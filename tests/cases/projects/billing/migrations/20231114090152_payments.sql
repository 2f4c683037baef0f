create table billing.payments (
  id            uuid primary key default gen_random_uuid(),
  invoice_id    uuid not null references billing.invoices,
  amount        billing.positive_amount,
  method        text not null,
  provider_ref  text,
  received_at   timestamptz not null default now(),
  raw           jsonb,
  constraint payments_method_known check (method in ('card', 'sepa', 'transfer', 'credit')),
  constraint payments_provider_ref_key unique (method, provider_ref)
);
create index payments_invoice_id on billing.payments using hash (invoice_id);
create index payments_raw_gin on billing.payments using gin (raw jsonb_path_ops);
