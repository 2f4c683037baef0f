create view report as select 1 as one;
alter view report owner to alice;
grant select on report to bob;
