-- new signature, so the old one has to go
drop function search_listings(text);
create function search_listings(q text, category integer default null) returns setof listings language sql stable as $$
  select * from listings
   where fts @@ websearch_to_tsquery('english', q)
     and status = 'published'
     and (category is null or category_id = category)
   order by ts_rank(fts, websearch_to_tsquery('english', q)) desc
$$;
