alter default privileges in schema public grant select on tables to alice;
alter default privileges in schema public grant all on sequences to bob;
create table old_one (id int);
