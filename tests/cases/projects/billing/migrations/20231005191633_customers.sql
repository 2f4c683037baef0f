create table billing.customers (
  id               uuid primary key default gen_random_uuid(),
  user_id          uuid unique references auth.users (id) on delete set null,
  stripe_id        text unique,
  name             text not null,
  email            text not null,
  country          char(2),
  currency         billing.currency_code not null default 'EUR',
  tax_id           text,
  created_at       timestamptz not null default now(),
  constraint customers_stripe_id_format check (stripe_id is null or stripe_id like 'cus\_%')
);
create index customers_email_lower_idx on billing.customers (lower(email));
