select 0;
BEGIN TRANSACTION;
select 1;
COMMIT;
begin;
select 2;
commit;
-- expect: 2 own-transaction
