create table public.audioguides(
 objekt bigint references public."Objekte"(id) on delete cascade,
 sprache varchar(5)not null check(sprache~'^[a-z]{2}(-[A-Z]{2})?$'),
 pfad text not null,
 sekunden int2,
 primary key(objekt,sprache)
);alter table public.audioguides enable row level security;create policy a on public.audioguides for select using(true);insert into storage.buckets(id,name,public)values('audio','audio',true);create policy "audio; öffentlich" on storage.objects for select using(bucket_id='audio');
