create table t (a varchar(20), b varchar, c char(3), n name, k int);
alter table t enable row level security;
create policy p on t using (a in ('x', 'y') or b = any (array['p', 'it''s']) or b <> all (array[a, 'z'])) with check (a in ('x', 'y'));
create policy q on t for select using (b not in ('p', 'q'));
