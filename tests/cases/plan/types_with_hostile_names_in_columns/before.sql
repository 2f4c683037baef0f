create type public."select" as enum ('a', 'b');
create domain public."Dom ""x""" as text;
create table public."Odd Table" (id int, "Sel ect" public."select" default 'a', d public."Dom ""x""", "all" public."select"[]);
insert into public."Odd Table" values (1, 'a', 'x', '{a}');
