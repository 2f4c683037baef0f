create schema app;
create schema other;
create view other.things as select 1 as id;
create function app.a() returns int language sql set search_path = other, pg_temp as 'select id from things';
create view app.b as select app.a() as a;
