create table orders (id int, total int);
create view report as select id, total from orders;
create materialized view copied as select id, total from orders;
create index by_id on copied (id);
comment on view report is 'after';
comment on column report.total is 'another column of a view';
comment on materialized view copied is 'copied rows';
comment on column copied.total is 'a column of a materialized view';
comment on index by_id is 'an index';
