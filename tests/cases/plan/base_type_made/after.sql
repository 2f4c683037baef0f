create type public.money2;
create function public.money2_in(cstring) returns public.money2 language internal immutable strict as 'int4in';
create function public.money2_out(public.money2) returns cstring language internal immutable strict as 'int4out';
create type public.money2 (input = public.money2_in, output = public.money2_out, like = int4, category = 'N', default = '0');
comment on type public.money2 is 'cents';
create function public.cents(public.money2) returns int language internal immutable strict as 'int4abs';
create cast (public.money2 as int) without function;
