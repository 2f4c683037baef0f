begin;
drop view if exists private.v;
rollback;
-- expect: 3 transaction-balance
