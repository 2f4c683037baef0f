create type public.span as range (subtype = float8);
create table public.m (id int, s public.span);
insert into public.m values (1, '[1,2)');
