-- all or nothing
BEGIN;
-- half of the listings are German
alter table listings add column lang regconfig not null default 'english';
drop index listings_fts;
alter table listings drop column fts;
alter table listings add column fts tsvector generated always as (
  setweight(to_tsvector(lang, title), 'A') || setweight(to_tsvector(lang, coalesce(description, '')), 'C')
) stored;
create index listings_fts on listings using gin (fts);
COMMIT;
-- done
