create type public."As" as enum ('a');
create type public.bs as enum ('a', 'b');
create cast (public."As" as public.bs) with inout as implicit;
create view public.v as select 'a'::public."As"::public.bs as b;
