create function public.first_of(variadic things anyarray) returns anyelement language sql immutable as 'select things[1]';
create function public.nvl(a anyelement, b anyelement) returns anyelement language sql as 'select coalesce(a, b)';
