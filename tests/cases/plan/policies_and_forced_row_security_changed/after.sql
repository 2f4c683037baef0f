create table t (id int, owner text default session_user, tenant int not null default 1); alter table t force row level security;
create policy a on t for all to public using (owner = current_user::text) with check (tenant > 0); create policy c on t as restrictive for update using (tenant = 1); create policy "Über all" on t using (exists (select from t x where x.id = t.id));
grant select on t to public; comment on policy c on t is 'why';
