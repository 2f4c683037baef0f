create table unrelated (id int);
create schema "Odd Schema";
alter default privileges in schema "Odd Schema" grant select on tables to alice;
alter default privileges in schema "Odd Schema" revoke execute on functions from public;
alter default privileges for role alice in schema "Odd Schema" grant all on tables to public;
create table "Odd Schema".made_later (id int);
