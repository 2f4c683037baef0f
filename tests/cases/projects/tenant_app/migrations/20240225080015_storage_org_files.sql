insert into storage.buckets (id, name, public) values ('org-files', 'org-files', false);

create or replace function app_private.org_of_object(object_name text) returns uuid
language plpgsql immutable as $$
begin
  return (storage.foldername(object_name))[1]::uuid;
exception when invalid_text_representation then
  return null;
end $$;

do $$
begin
  create policy "org members read files" on storage.objects
    for select to authenticated
    using (
      bucket_id = 'org-files'
      and app_private.org_of_object(name) in (select app_private.org_ids_of_current_user())
    );
exception
  when duplicate_object then null;
end $$;

do $$
begin
  create policy "org members add files" on storage.objects
    for insert to authenticated
    with check (
      bucket_id = 'org-files'
      and app_private.org_of_object(name) in (select app_private.org_ids_of_current_user())
    );
exception
  when duplicate_object then null;
end $$;
