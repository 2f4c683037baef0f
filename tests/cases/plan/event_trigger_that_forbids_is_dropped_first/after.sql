create view public.v as select 'x'::text as x;
create view public.w as select * from public.v;
