create or replace function public.total() returns text language sql as $$ select '1' $$;
