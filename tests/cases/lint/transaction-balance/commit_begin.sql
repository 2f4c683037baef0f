create table if not exists private.t (id int);
commit;
begin;
-- expect: 2 transaction-balance
-- expect: 3 transaction-balance
