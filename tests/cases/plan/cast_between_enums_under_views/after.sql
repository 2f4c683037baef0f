create type public."As" as enum ('x', 'a');
create type public.bs as enum ('b', 'a');
create cast (public."As" as public.bs) with inout as assignment;
create view public.v as select 'a'::public."As"::public.bs as b;
