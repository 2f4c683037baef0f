create function search_listings(q text) returns setof listings language sql stable as $$
  select * from listings where fts @@ plainto_tsquery('english', q) and status = 'published'
$$;
