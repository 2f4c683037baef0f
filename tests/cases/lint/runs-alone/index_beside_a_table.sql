alter table private.t add column if not exists a int;
create index concurrently if not exists i on private.t (a);
-- expect: 2 runs-alone
