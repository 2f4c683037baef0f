create function public.is_ok(s text) returns boolean language sql immutable as 'select s <> ''''';
create domain public.ok as text default lower('X') check (public.is_ok(value));
create function public.use(o public.ok) returns int language sql as 'select 1';
