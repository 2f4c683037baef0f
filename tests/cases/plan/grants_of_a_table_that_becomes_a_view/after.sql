create view report as select 1 as id, 2 as total;
grant select on report to alice, bob;
comment on view report is 'no rows';
