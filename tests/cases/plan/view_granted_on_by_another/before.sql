create view report as select 1 as one;
grant select on report to alice with grant option;
