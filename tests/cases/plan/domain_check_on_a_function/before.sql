create function public.is_ok(t text) returns boolean language sql immutable as 'select t <> ''''';
create domain public.ok as text default upper('x') check (public.is_ok(value));
create function public.use(o public.ok) returns int language sql as 'select 1';
