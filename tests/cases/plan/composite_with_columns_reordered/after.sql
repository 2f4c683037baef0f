create type public.span as (high int, low int);
create table public.spans (id int, s public.span);
