create function public.raw() returns int language c as '/lib/libc.so', 'abs';
