create table reports (
  id uuid primary key default gen_random_uuid(),
  reporter uuid default auth.uid() references profiles on delete set null,
  listing_id bigint references listings on delete cascade,
  profile_id uuid references profiles on delete cascade,
  reason text not null,
  handled boolean not null default false,
  constraint reports_one_subject check (num_nonnulls(listing_id, profile_id) = 1)
);
alter table reports enable row level security;
create policy "report" on reports for insert to authenticated with check (reporter = (select auth.uid()));
create policy "admins handle reports" on reports for all to authenticated using (is_admin());
