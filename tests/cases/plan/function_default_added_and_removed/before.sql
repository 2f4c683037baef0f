create function public.greet(name text, word text) returns text language sql immutable as 'select word || name';
create function public.pad(s text, n int default 3) returns text language sql immutable as 'select lpad(s, n)';
create view public.hello as select public.pad('x') as padded;
