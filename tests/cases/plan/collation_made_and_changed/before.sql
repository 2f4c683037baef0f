create collation public.plain (provider = libc, locale = 'C');
create view public.sorted as select 'a' collate public.plain as a;
