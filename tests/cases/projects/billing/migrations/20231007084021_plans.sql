create type billing.plan_interval as enum ('month', 'year');

create table billing.plans (
  id          smallint generated always as identity primary key,
  code        text not null unique,
  title       text not null,
  interval    billing.plan_interval not null default 'month',
  price       billing.amount not null,
  currency    billing.currency_code not null default 'EUR',
  features    jsonb not null default '[]',
  is_public   boolean not null default true,
  sort        smallint not null default 100,
  constraint plans_price_not_negative check (price >= 0),
  constraint plans_features_is_array check (jsonb_typeof(features) = 'array')
);
