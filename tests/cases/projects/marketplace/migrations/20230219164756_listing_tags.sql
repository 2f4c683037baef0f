alter table listings add column tags text[] not null default '{}';
create index listings_tags on listings using gin (tags);
