create function public.mk(int) returns text language sql immutable as 'select ''int''';
create function public.mk(v text, n int default 2) returns text language sql immutable as 'select ''text''';
create table public.t (a text default public.mk(1), b text default public.mk('x'));
