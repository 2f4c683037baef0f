create table t (a varchar(20), b varchar, c char(3), n name, k int);
create view v as
  select a, case when b in ('p', 'q') then 1 else 2 end as which, array['x', 'y']::varchar[]::text[] as list
  from t where a in ('x', 'y') or b = any (array['p', 'it''s']) or b <> all (array[a, 'z']);
create materialized view m as select a, b not in ('p', 'q') as other from t where a in ('x', 'y') or b = any (array['p', 'it''s']) or b <> all (array[a, 'z']) with no data;
create view w as select x.a from t x join t y on x.a = y.b and y.a in ('x', 'y') group by x.a having max(x.b) in ('p', 'q');
