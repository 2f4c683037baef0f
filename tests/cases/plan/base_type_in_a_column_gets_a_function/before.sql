create type public.cents;
create function public.cents_in(cstring) returns public.cents language internal immutable strict as 'int4in';
create function public.cents_out(public.cents) returns cstring language internal immutable strict as 'int4out';
create type public.cents (input = public.cents_in, output = public.cents_out, like = int4);
create table public.t (id int, c public.cents);
insert into public.t values (1, '5');
