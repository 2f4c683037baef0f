create view report as select 1 as one;
alter view report owner to alice;
revoke all on report from alice;
