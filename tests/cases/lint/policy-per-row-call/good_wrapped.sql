create policy p on public.t for select using ((select auth.uid()) = owner);
create policy p on public.t for select using (( SELECT auth.jwt() AS jwt) ->> 'sub' = owner);
create policy p on public.t for select using (team in (select m.team from members m where m.id = (select auth.uid())));
create policy p on public.t for select using (owner = 'auth.uid()');
create policy p on public.t for select using (private.uid() = owner);
