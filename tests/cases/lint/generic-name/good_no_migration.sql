-- filename: seed.sql
select 1;
