create domain public.code as varchar(5) check (value <> '');
create table public.items (id int, code public.code default 'x', codes public.code[]);
create view public.coded as select code from public.items;
create index on public.items (code);
insert into public.items values (1, 'abc', '{a,b}');
