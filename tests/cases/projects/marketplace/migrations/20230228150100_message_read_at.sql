alter table messages add column read_at timestamptz;
create policy "mark as read" on messages for update using (
  exists (select 1 from conversations c where c.id = conversation_id and auth.uid() in (c.buyer, c.seller) and sender <> auth.uid()));
