create view report as select 1 as one;
alter view report owner to bob;
grant select on report to alice, carol with grant option;
