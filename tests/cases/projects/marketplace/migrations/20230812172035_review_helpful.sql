create table review_votes (
  review_id bigint references reviews on delete cascade,
  user_id uuid references profiles on delete cascade default auth.uid(),
  helpful boolean not null,
  primary key (review_id, user_id)
);
alter table review_votes enable row level security;
create policy "vote" on review_votes to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
