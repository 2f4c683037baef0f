create role readers;
create view public.shared as select 2 as two;
