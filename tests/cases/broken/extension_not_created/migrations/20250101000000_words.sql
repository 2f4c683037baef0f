create table public.words (
  word citext primary key
);
