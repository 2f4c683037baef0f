create schema storage;
create table storage.buckets (
  id text primary key, name text not null, public boolean default false, file_size_limit bigint,
  allowed_mime_types text[], type text not null default 'STANDARD', versioning_status text not null default 'DISABLED');
insert into storage.buckets (id, name) values ('avatars', 'avatars'), ('gone', 'gone');
