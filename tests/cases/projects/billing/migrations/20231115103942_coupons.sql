create table billing.coupons (
  code        text primary key check (code = upper(code)),
  percent_off billing.percent,
  amount_off  billing.amount,
  valid       daterange not null default '[,)',
  max_uses    int,
  used        int not null default 0,
  check (num_nonnulls(percent_off, amount_off) = 1),
  check (used <= max_uses)
);

create table billing.coupon_uses (
  code            text references billing.coupons on update cascade,
  subscription_id uuid references billing.subscriptions on delete cascade,
  used_at         timestamptz not null default now(),
  primary key (code, subscription_id)
);
