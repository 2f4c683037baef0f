create temp table staging (id int);
create table private.copied as select 1 as id;
delete from staging;
truncate private.copied;
drop table staging;
drop table private.copied;
drop table if exists pg_temp.other;
