create type public.id2;
create function public.id2_in(cstring) returns public.id2 language internal immutable strict as 'int4in';
create function public.id2_out(public.id2) returns cstring language internal immutable strict as 'int4out';
create type public.id2 (input = public.id2_in, output = public.id2_out, like = int4);
create function public.user_of(public.id2) returns int language internal immutable strict as 'int4abs';
