create function suggest(q text) returns table (title text) language sql stable set search_path = public, extensions as $$
  select distinct title from listings where title % q and status = 'published' limit 8
$$;
