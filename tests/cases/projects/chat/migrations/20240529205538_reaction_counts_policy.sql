create policy "counts are visible with the message" on public.reaction_counts
    for select to authenticated
    using (message_id in (select m.id from public.messages m));
revoke insert, update, delete on public.reaction_counts from authenticated, anon;
