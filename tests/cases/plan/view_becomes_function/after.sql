create function public.a() returns table (x int) language sql as 'select 1';
