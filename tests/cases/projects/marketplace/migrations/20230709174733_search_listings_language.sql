drop function search_listings(text, integer);
create function search_listings(q text, category integer default null, lang regconfig default 'english')
returns setof listings language sql stable rows 40 as $$
  select * from listings l
   where l.fts @@ websearch_to_tsquery($3, q)
     and l.status = 'published' and l.hidden_at is null
     and (category is null or l.category_id = category)
   order by ts_rank_cd(l.fts, websearch_to_tsquery($3, q)) desc
$$;
