create extension if not exists pg_trgm with schema extensions;
create index listings_title_trgm on listings using gin (title extensions.gin_trgm_ops);
