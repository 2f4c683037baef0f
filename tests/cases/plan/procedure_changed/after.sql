create procedure public.p(a int, b text default 'y') language sql security definer set search_path = public as 'select 2';
