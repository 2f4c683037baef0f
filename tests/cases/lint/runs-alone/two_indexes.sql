create index concurrently if not exists i on private.t (a);
drop index concurrently if exists private.j;
-- expect: 1 runs-alone
-- expect: 2 runs-alone
