create function variant_of(experiment text) returns text language sql stable as $$
  select variants[1 + abs(hashtextextended(auth.uid()::text || key, 0)) % cardinality(variants)] from experiments where key = experiment and running
$$;
