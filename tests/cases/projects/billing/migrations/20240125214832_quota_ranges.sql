create function billing.numeric_diff(a numeric, b numeric) returns double precision
language sql immutable strict parallel safe as 'select (a - b)::double precision';

create type billing.quota_range as range (
  subtype = numeric,
  subtype_diff = billing.numeric_diff,
  multirange_type_name = billing.quota_multirange
);

create table billing.quota_tiers (
  plan_id smallint not null references billing.plans,
  calls   billing.quota_range not null,
  price   numeric(10, 6) not null,
  exclude using gist (plan_id with =, calls with &&)
);
alter table billing.quota_tiers enable row level security;
