create view report as select 1 as one;
grant select on report to alice with grant option;
set role alice;
grant select on report to bob with grant option;
set role bob;
grant select on report to carol;
reset role;
