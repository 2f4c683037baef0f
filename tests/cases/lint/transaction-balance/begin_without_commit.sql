begin;
create table if not exists private.t (id int);
-- expect: 1 transaction-balance
