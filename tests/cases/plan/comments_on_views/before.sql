create table orders (id int, total int);
create view report as select id, total from orders;
create materialized view copied as select id, total from orders;
create index by_id on copied (id);
comment on view report is 'before';
comment on column report.id is 'a column of a view';
