create type public.pt as (x int, y int);
create type public.line as (a public.pt, b public.pt);
create function public.len(l public.line) returns int language sql immutable as 'select 1';
create view public.lines as select row(row(1, 2), row(3, 4))::public.line as l;
