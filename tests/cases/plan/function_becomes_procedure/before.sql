create function public.tidy(days int) returns void language plpgsql as $$ begin perform 1; end $$;
comment on function public.tidy(int) is 'cleans up';
