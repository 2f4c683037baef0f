drop function if exists public.is_member(int);
