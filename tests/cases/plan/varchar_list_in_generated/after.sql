create table t (a varchar, b boolean generated always as (a in ('x', 'y')) stored, constraint c check (a in ('x', 'y') or a = any (array['p', 'q'])));
