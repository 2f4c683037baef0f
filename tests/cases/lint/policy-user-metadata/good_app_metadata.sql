create policy p on public.t for select using (((select auth.jwt()) -> 'app_metadata' ->> 'role') = 'admin');
insert into private.t (a) values ('user_metadata');
