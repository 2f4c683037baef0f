create table conversations (
  id uuid primary key default gen_random_uuid(),
  listing_id bigint references listings on delete set null,
  buyer uuid not null references profiles,
  seller uuid not null references profiles,
  unique (listing_id, buyer)
);
create table messages (
  id bigint generated always as identity primary key,
  conversation_id uuid not null references conversations on delete cascade,
  sender uuid not null references profiles default auth.uid(),
  body text not null,
  sent_at timestamptz not null default now()
);
