create table public.words (word text primary key);
create index words_like on public.words using gin (word gin_trgm_ops);
