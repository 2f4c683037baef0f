create policy if not exists p on t using (id = 1);
-- expect: 1 syntax
