-- the subquery above is subject to RLS on blocked_users, so it never saw anything
create function is_blocked_in(c uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from conversations v join blocked_users b on b.blocker in (v.buyer, v.seller)
                  where v.id = c and b.blocked = auth.uid())
$$;
alter policy "blocked users can't write" on messages with check (not is_blocked_in(conversation_id));
