create type public.blob2;
create function public.blob2_in(cstring) returns public.blob2 language internal immutable strict as 'textin';
create function public.blob2_out(public.blob2) returns cstring language internal immutable strict as 'textout';
create function public.blob2_send(public.blob2) returns bytea language internal immutable strict as 'textsend';
create type public.blob2 (input = public.blob2_in, output = public.blob2_out, send = public.blob2_send, storage = external);
