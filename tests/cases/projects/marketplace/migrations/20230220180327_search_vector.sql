alter table listings add column fts tsvector
  generated always as (to_tsvector('english', title || ' ' || coalesce(description, ''))) stored;
create index listings_fts on listings using gin (fts);
