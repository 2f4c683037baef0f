alter default privileges in schema public grant insert on tables to bob;
alter default privileges in schema public grant all on tables to carol with grant option;
create table old_one (id int);
grant select on old_one to alice;
create table new_one (id serial);
revoke all on new_one from carol;
create view new_view as select 1 as one;
create materialized view new_copy as select 1 as one;
