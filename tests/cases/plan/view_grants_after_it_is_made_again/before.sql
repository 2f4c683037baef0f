create view report as select 1 as one, 2 as two;
grant select on report to alice with grant option;
grant select, insert on report to bob, "user";
comment on view report is 'numbers';
