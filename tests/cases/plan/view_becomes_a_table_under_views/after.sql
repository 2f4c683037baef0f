create table public.v (x int);
create view public.w as select x + 1 as x from public.v;
