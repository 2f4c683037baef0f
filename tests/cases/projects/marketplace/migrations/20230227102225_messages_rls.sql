alter table conversations enable row level security;
alter table messages enable row level security;
create policy "participants" on conversations for select using (auth.uid() in (buyer, seller));
create policy "read own conversations" on messages for select using (
  exists (select 1 from conversations c where c.id = conversation_id and auth.uid() in (c.buyer, c.seller)));
create policy "write into own conversations" on messages for insert with check (
  sender = auth.uid()
  and exists (select 1 from conversations c where c.id = conversation_id and auth.uid() in (c.buyer, c.seller)));
