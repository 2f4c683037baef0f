create domain public.tag as text;
create table public.items (id int, tags public.tag[]);
insert into public.items values (1, '{a}');
