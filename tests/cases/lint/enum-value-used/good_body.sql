alter type public.mood add value if not exists 'sad';
create or replace function private.f() returns public.mood language sql as $$ select 'sad'::public.mood $$;
