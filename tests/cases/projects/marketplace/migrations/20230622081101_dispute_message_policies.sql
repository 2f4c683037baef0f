create policy "participants read" on dispute_messages for select to authenticated
  using (exists (select from disputes d where d.id = dispute_id and d.opened_by = (select auth.uid())));
create policy "participants write" on dispute_messages for insert to authenticated
  with check (author = (select auth.uid()));
