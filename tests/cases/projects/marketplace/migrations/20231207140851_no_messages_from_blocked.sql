create policy "blocked users can't write" on messages as restrictive for insert to authenticated with check (
  not exists (
    select from conversations c join blocked_users b on b.blocker in (c.buyer, c.seller)
     where c.id = conversation_id and b.blocked = (select auth.uid())));
