create domain public.d as int constraint positive check (value > 0);
create domain public.e as int;
alter domain public.e add constraint small check (value < 10) not valid;
create domain public.f as int;
alter domain public.f add constraint large check (value > 10) not valid;
