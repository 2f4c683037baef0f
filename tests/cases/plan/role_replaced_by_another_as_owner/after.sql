create role second_owner;
create role reader;
create schema app authorization second_owner;
create view app.totals as select 1 as total;
alter view app.totals owner to second_owner;
grant select on app.totals to reader;
