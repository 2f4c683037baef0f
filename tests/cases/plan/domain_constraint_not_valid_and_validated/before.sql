create domain public.d as int;
alter domain public.d add constraint positive check (value > 0) not valid;
create domain public.e as int constraint small check (value < 10);
