create index authors_name_trgm on catalogue.authors using gin (name gin_trgm_ops) with (fastupdate = off);
