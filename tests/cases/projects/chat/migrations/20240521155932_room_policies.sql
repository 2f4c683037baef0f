create or replace function public.is_room_member(room uuid)
returns boolean language sql security definer stable set search_path = public as
'select exists (select 1 from room_members where room_id = room and user_id = auth.uid())';

create policy "public rooms and own rooms" on public.rooms for select to authenticated
    using (kind = 'public' or public.is_room_member(id));
create policy "create rooms" on public.rooms for insert to authenticated
    with check (created_by = auth.uid());

create policy "see members of own rooms" on public.room_members for select to authenticated
    using (public.is_room_member(room_id));
create policy "join public rooms" on public.room_members for insert to authenticated
    with check (
        user_id = auth.uid()
        and exists (select 1 from public.rooms r where r.id = room_id and r.kind = 'public')
    );
create policy "leave" on public.room_members for delete to authenticated using (user_id = auth.uid());
