create view public.v as select 1 as x;
create view public.w as select x from public.v;
