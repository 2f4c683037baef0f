create table public.feature_flags (
  name text primary key,
  enabled boolean not null default false,
  rollout smallint not null default 0 check (rollout between 0 and 100)
);
grant select on public.feature_flags to anon, authenticated;
create policy "flags are public" on public.feature_flags for select using (true);
insert into public.feature_flags values ('new-checkout', false, 10), ('dark-mode', true, 100);
