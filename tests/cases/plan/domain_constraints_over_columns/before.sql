create domain public.pos as int check (value > 0);
create table public.items (id int, n public.pos);
insert into public.items values (1, 5);
