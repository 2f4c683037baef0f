insert into storage.buckets (id, name, public)
values ('listing-images', 'listing-images', true);

create policy "listing images are public"
on storage.objects for select
using ( bucket_id = 'listing-images' );
