begin;
start transaction;
commit;
-- expect: 2 transaction-balance
