-- filename: 20250101000000_fix_orders_read_policy.sql
select 1;
