create schema extensions;
create extension citext with schema extensions;
create extension pg_trgm with schema extensions;
create function public.low(t extensions.citext) returns text language sql immutable as 'select lower(t::text)';
create view public.v as select 'A'::extensions.citext as c, extensions.similarity('a', 'b') as s;
