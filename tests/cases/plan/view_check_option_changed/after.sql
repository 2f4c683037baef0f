create table public.t (id int, n int);
create view public.a as select id, n from public.t where n > 0;
create view public.b as select id, n from public.t where n > 0 with cascaded check option;
create view public.c as select id, n from public.a where n > 2 with check option;
