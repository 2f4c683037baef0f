alter default privileges revoke truncate on tables from current_user;
create table orders (id int);
create table full_rights (id int);
grant truncate on full_rights to current_user;
create table given (id int);
alter table given owner to bob;
