create sequence billing.invoice_number_seq as bigint start with 10001 increment by 1 no cycle cache 1;

create type billing.invoice_status as enum ('draft', 'open', 'paid', 'void');

create table billing.invoices (
  id             uuid primary key default gen_random_uuid(),
  number         text unique,
  customer_id    uuid not null references billing.customers on delete restrict,
  subscription_id uuid references billing.subscriptions on delete set null,
  status         billing.invoice_status not null default 'draft',
  bill_to        billing.postal_address,
  currency       billing.currency_code not null,
  net            billing.amount not null default 0,
  tax_rate       billing.percent not null,
  tax            numeric(14, 2) generated always as (round(net * tax_rate / 100, 2)) stored,
  gross          numeric(14, 2) generated always as (net + round(net * tax_rate / 100, 2)) stored,
  issued_on      date,
  due_on         date,
  paid_at        timestamptz,
  created_at     timestamptz not null default now(),
  constraint invoices_issue_complete check (status = 'draft' or (number is not null and issued_on is not null)),
  constraint invoices_due_after_issue check (due_on >= issued_on),
  constraint invoices_paid_has_date check ((status = 'paid') = (paid_at is not null))
);

create index invoices_customer_idx on billing.invoices (customer_id, created_at desc);
create index invoices_open_idx on billing.invoices (due_on) where status = 'open';
