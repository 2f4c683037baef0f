create type public.pair as (a int, "B c" int);
create view public.pairs as select (row(1, 2)::public.pair)."B c" as b;
