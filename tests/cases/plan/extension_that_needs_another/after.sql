create extension cube;
create extension earthdistance;
create function public.far() returns float8 language sql as 'select public.earth()';
alter function public.far() depends on extension earthdistance;
