create text search configuration public.conf (copy = pg_catalog.english);
