-- Private channels "room:<uuid>": members may listen and broadcast, presence included.
create policy "members listen to their rooms"
    on realtime.messages
    for select
    to authenticated
    using (
        realtime.messages.extension in ('broadcast', 'presence')
        and exists (
            select 1
            from public.room_members rm
            where rm.user_id = (select auth.uid())
              and 'room:' || rm.room_id::text = (select realtime.topic())
        )
    );

create policy "members broadcast to their rooms"
    on realtime.messages
    for insert
    to authenticated
    with check (
        extension in ('broadcast', 'presence')
        and exists (
            select 1 from public.room_members rm
            where rm.user_id = (select auth.uid()) and 'room:' || rm.room_id::text = (select realtime.topic())
        )
    );
