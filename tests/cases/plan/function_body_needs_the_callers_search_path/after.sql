create schema app;
set search_path = app;
create table things (id int);
create function app.count_things() returns bigint language sql stable as 'select count(*) from things';
