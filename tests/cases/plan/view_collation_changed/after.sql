create view public.a as select 'x'::text collate "POSIX" as x;
