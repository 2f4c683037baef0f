begin;
create index concurrently if not exists i on private.t (id);
commit;
-- expect: 2 transaction-balance
