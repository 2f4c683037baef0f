grant all on public.t to anon;
grant select, insert on table public.t to authenticated, anon;
grant all privileges on all tables in schema public to public;
alter default privileges in schema public grant all on tables to anon;
-- expect: 1 grants-to-anon
-- expect: 2 grants-to-anon
-- expect: 3 grants-to-anon
-- expect: 4 grants-to-anon
