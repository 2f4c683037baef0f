create table if not exists public.copied as select 1 as id;
select 1 as id into public.other;
-- expect: 1 rls-on-new-tables
-- expect: 2 rls-on-new-tables
