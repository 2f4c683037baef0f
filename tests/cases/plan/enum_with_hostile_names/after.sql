create type public."My Type" as enum ('a, b', 'it''s', 'new "one"');
create function public.f(public."My Type") returns int language sql as 'select 1';
