alter table catalogue.titles
  add column edition smallint,
  add column pages integer constraint titles_pages_positive check (pages > 0),
  add column cover_path text,
  alter column published type integer;
comment on column catalogue.titles.cover_path is 'object in the bucket covers';
