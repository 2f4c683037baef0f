create view report as select 1 as one, 2 as "Two";
grant select ("Two") on report to alice, bob;
