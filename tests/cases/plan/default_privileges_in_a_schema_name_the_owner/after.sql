alter default privileges in schema public grant select on tables to current_user with grant option;
alter default privileges in schema public grant select on tables to alice;
create table mine (id int);
create table hers (id int);
alter table hers owner to alice;
