create type listing_status as enum ('draft', 'published', 'sold');
alter table listings add column status listing_status not null default 'draft';
update listings set status = 'published';
