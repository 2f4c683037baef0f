create procedure public.p(a int, b text default 'x') language sql as 'select 1';
comment on procedure public.p(int, text) is 'p';
