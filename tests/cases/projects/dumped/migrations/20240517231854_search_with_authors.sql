drop function catalogue.search_titles(text, integer);

create function catalogue.search_titles(q text, max_rows int default 20, lang char(2) default null)
returns table (id bigint, title text, authors text[], similarity real)
language sql stable set search_path = catalogue, public as $$
  select t.id, t.title, array_agg(a.name order by a.name) filter (where a.name is not null), similarity(t.title, q)
    from titles t
    left join title_authors ta on ta.title_id = t.id
    left join authors a on a.id = ta.author_id
   where t.title % q and (lang is null or t.language = lang)
   group by t.id
   order by 4 desc
   limit max_rows
$$;
grant execute on function catalogue.search_titles to anon, authenticated;
