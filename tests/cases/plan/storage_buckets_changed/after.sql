create schema storage;
create table storage.buckets (
  id text primary key, name text not null, public boolean default false, file_size_limit bigint,
  allowed_mime_types text[], type text not null default 'STANDARD', versioning_status text not null default 'DISABLED');
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types, versioning_status) values
  ('avatars', 'avatars', true, 1048576, array['image/png', 'image/jpeg'], 'DISABLED'),
  ('it''s', 'Its Name', false, null, '{}', 'ENABLED');
