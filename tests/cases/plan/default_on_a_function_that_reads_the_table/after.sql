create schema app;
create table app.t (id int, n int);
create function app.biggest() returns int language sql stable as 'select coalesce(max(n), 0) + 1 from app.t';
alter table app.t alter column n set default app.biggest();
create view app.v as select app.biggest() as b, n from app.t;
