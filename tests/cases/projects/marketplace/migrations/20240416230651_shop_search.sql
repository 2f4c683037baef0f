alter table shops add column fts tsvector generated always as (to_tsvector('simple', name || ' ' || coalesce(description, ''))) stored;
create index shops_fts on shops using gist (fts);
