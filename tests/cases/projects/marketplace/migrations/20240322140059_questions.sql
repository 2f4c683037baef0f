create table questions (
  id bigint generated always as identity,
  listing_id bigint not null,
  asker uuid default auth.uid(),
  question text not null,
  answer text,
  asked_at timestamptz not null default now(),
  constraint questions_pkey primary key (id),
  constraint questions_listing_fkey foreign key (listing_id) references listings (id) on delete cascade,
  constraint questions_asker_fkey foreign key (asker) references profiles (id) on delete set null
);
alter table questions enable row level security;
create policy "questions with answers are public" on questions for select using (answer is not null);
