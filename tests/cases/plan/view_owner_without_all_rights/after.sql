create view report as select 1 as one;
alter view report owner to alice;
revoke insert, update, delete, truncate on report from alice;
grant select on report to public;
