CREATE TEXT SEARCH CONFIGURATION public.chat (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.chat
    ALTER MAPPING FOR hword, hword_part, word WITH extensions.unaccent, simple;

ALTER TABLE public.messages
    ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('public.chat', body)) STORED;

CREATE INDEX messages_search_idx ON public.messages USING gin (search);
