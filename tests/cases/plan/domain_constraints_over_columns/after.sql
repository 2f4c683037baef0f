create domain public.pos as int not null default 1 check (value >= 0) constraint small check (value < 100);
create table public.items (id int, n public.pos);
