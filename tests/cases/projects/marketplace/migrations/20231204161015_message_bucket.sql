insert into storage.buckets (id, name, public) values ('messages', 'messages', false) on conflict (id) do update set public = false;
create policy "message attachments: participants" on storage.objects for select to authenticated using (
  bucket_id = 'messages' and exists (
    select from public.conversations c
     where c.id::text = (storage.foldername(name))[1] and (select auth.uid()) in (c.buyer, c.seller)));
