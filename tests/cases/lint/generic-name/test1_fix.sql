-- filename: 20250101000000_test1_fix.sql
select 1;
-- expect: 0 generic-name
