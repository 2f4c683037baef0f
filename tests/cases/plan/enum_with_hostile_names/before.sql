create type public."My Type" as enum ('it''s', 'back\slash', 'a, b');
comment on type public."My Type" is 'mine';
create function public.f(public."My Type") returns int language sql as 'select 1';
