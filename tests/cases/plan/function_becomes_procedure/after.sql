create procedure public.tidy(days int) language plpgsql security definer as $$ begin perform 1; end $$;
comment on procedure public.tidy(int) is 'cleans up';
revoke execute on procedure public.tidy(int) from public;
