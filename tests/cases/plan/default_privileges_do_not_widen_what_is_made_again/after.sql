create function public.f(b int) returns int language sql immutable as 'select b';
revoke execute on function public.f(int) from public;
create view public.v as select public.f(1) as x;
alter default privileges in schema public grant all on functions to alice;
alter default privileges in schema public grant all on tables to alice;
