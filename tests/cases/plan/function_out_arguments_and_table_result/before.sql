create function public.pair(a int, out b int, out c text) language sql as 'select a, ''x''';
create function public.rows(n int) returns table (id int, name text) language sql as 'select 1, ''a''';
create procedure public.work(inout n int) language plpgsql as $$ begin n := n + 1; end $$;
