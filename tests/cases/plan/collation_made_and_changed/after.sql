create collation public.plain (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
comment on collation public.plain is 'bytes';
create view public.sorted as select 'a' collate public.plain as a;
create collation public."Other" from "C";
alter collation public."Other" owner to pg_monitor;
create type public.named as (n text collate public.plain);
create domain public.name_of as text collate public.plain;
