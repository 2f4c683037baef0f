create function public.greet() returns text language sql as $$
  select 'hello'
;
