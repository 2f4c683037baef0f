set check_function_bodies = off;
create function public.even(n int) returns boolean language sql as 'select n = 0 or public.odd(n - 1)';
create function public.odd(n int) returns boolean language sql as 'select n <> 0 and public.even(n - 1)';
