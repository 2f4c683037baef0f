alter table profiles add column avatar text;
insert into storage.buckets (id, name, public, file_size_limit) values ('avatars', 'avatars', true, 524288);
create policy "avatar upload" on storage.objects for insert to authenticated
  with check (bucket_id = 'avatars' and name = auth.uid()::text || '.webp');
