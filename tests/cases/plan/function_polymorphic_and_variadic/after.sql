create function public.first_of(variadic things anyarray) returns anyelement language sql stable as 'select things[array_lower(things, 1)]';
create function public.nvl(first anyelement, second anyelement) returns anyelement language sql as 'select coalesce($1, $2)';
