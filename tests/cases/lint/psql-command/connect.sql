select 1;
\connect other
select 2;
-- expect: 2 psql-command
