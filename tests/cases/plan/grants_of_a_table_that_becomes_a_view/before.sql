create table report (id int, total int);
grant select, insert on report to alice;
comment on table report is 'rows';
