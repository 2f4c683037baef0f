create schema if not exists private;
create recursive view private.numbers (n) as select 1 union all select n + 1 from numbers where n < 5;
create materialized view private.m as select * from private.numbers with no data;
refresh materialized view private.m;
