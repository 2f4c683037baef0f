create domain public.code as text not null constraint short check (length(value) < 9);
create table public.items (id int, code public.code default 'x', codes public.code[]);
create view public.coded as select code from public.items;
create index on public.items (code);
