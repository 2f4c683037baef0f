create function public.pair(a int, out b int, out d text) language sql as 'select a, ''x''';
create function public.rows(n int) returns table (id int, name text, at date) language sql as 'select 1, ''a'', null::date';
create procedure public.work(inout n bigint) language plpgsql as $$ begin n := n + 1; end $$;
