-- filename: 20250101000000_update.sql
select 1;
-- expect: 0 generic-name
