create policy "message attachments: upload" on storage.objects for insert to authenticated with check (
  bucket_id = 'messages' and exists (
    select from public.conversations c
     where c.id::text = (storage.foldername(name))[1] and (select auth.uid()) in (c.buyer, c.seller)));
