create view report as select 'one'::text as one, 2 as two;
grant select on report to alice with grant option;
grant select, insert on report to bob, "user";
comment on view report is 'numbers';
