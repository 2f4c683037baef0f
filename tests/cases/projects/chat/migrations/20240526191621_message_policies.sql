create policy "read messages of own rooms"
    on public.messages as permissive for select to authenticated
    using (public.is_room_member(room_id));

create policy "write into own rooms"
    on public.messages as permissive for insert to authenticated
    with check (
        author_id = (select auth.uid())
        and public.is_room_member(room_id)
    );

create policy "muted members can't write"
    on public.messages as restrictive for insert to authenticated
    with check (
        not exists (
            select from public.room_members m
            where m.room_id = messages.room_id
              and m.user_id = (select auth.uid())
              and m.muted_until > now()
        )
    );

create policy "edit own messages"
    on public.messages for update to authenticated
    using (author_id = (select auth.uid()))
    with check (author_id = (select auth.uid()));
