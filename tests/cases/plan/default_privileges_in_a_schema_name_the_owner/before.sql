alter default privileges in schema public grant select on tables to current_user with grant option;
alter default privileges in schema public grant select on tables to alice;
