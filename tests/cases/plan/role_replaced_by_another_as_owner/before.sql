-- clusters: two
create role first_owner;
create role reader;
create schema app authorization first_owner;
create view app.totals as select 1 as total;
alter view app.totals owner to first_owner;
grant select on app.totals to reader, first_owner;
