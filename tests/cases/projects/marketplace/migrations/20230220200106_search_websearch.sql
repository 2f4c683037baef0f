create or replace function search_listings(q text) returns setof listings language sql stable as $$
  select * from listings
   where fts @@ websearch_to_tsquery('english', q) and status = 'published'
   order by ts_rank(fts, websearch_to_tsquery('english', q)) desc
$$;
