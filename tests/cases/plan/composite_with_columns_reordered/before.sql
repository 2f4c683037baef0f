create type public.span as (low int, high int);
create table public.spans (id int, s public.span);
insert into public.spans values (1, row(1, 2)), (2, null);
