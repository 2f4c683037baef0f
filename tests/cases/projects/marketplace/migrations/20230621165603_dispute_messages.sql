create table dispute_messages (
  dispute_id bigint not null references disputes on delete cascade,
  n smallint not null,
  author uuid not null default auth.uid() references profiles,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (dispute_id, n)
);
alter table dispute_messages enable row level security;
