create or replace function suggest(q text) returns table (title text) language sql stable set search_path = public, extensions as $$
  select l.title from (select distinct title from listings where title % q and status = 'published') l
   order by similarity(l.title, q) desc limit 8
$$;
