create table listing_images (
  id bigserial primary key,
  listing_id bigint not null references listings on delete cascade,
  path text not null,
  sort integer not null default 0
);
alter table listing_images enable row level security;
create policy images_read on listing_images for select using (true);
