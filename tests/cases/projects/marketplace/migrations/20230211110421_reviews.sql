create table reviews (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  listing_id bigint not null references listings,
  author uuid not null default auth.uid() references profiles,
  stars int not null,
  body text,
  created_at timestamptz not null default now()
);
alter table reviews enable row level security;
