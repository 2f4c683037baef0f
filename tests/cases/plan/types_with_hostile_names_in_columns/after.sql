create type public."select" as enum ('b', 'a');
create domain public."Dom ""x""" as varchar(20) check (value <> '');
create table public."Odd Table" (id int, "Sel ect" public."select" default 'a', d public."Dom ""x""", "all" public."select"[]);
