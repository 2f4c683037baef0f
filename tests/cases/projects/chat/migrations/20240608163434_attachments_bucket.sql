insert into storage.buckets (id, name, public, file_size_limit)
values ('chat-attachments', 'chat-attachments', false, 26214400);

-- path: <room id>/<user id>/<file>
create policy "chat: members download" on storage.objects for select to authenticated
    using (
        bucket_id = 'chat-attachments'
        and public.is_room_member(((storage.foldername(name))[1])::uuid)
    );
create policy "chat: members upload" on storage.objects for insert to authenticated
    with check (
        bucket_id = 'chat-attachments'
        and (storage.foldername(name))[2] = (select auth.uid())::text
        and lower(storage.extension(name)) = any (array['png', 'jpg', 'jpeg', 'gif', 'webp', 'pdf', 'mp4'])
    );
create policy "chat: delete own uploads" on storage.objects for delete to authenticated
    using (bucket_id = 'chat-attachments' and owner_id = (select auth.uid())::text);
