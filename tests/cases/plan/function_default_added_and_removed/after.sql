create function public.greet(name text, word text default 'hi, ''you'', ') returns text language sql immutable as 'select word || name';
create function public.pad(s text, n int) returns text language sql immutable as 'select lpad(s, n)';
create view public.hello as select public.pad('x', 3) as padded;
