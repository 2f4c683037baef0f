create function public.a_sql(internal) returns int language internal strict immutable as 'int4recv';
create function public.b_sql(internal) returns int language internal strict immutable as 'int4recv';
create transform for int language sql (to sql with function public.b_sql(internal));
create function public.f(int) returns int language sql transform for type int as 'select 2';
