create role app;
create role chief;
grant set on parameter work_mem to chief with grant option;
set role chief;
grant set on parameter work_mem to app;
reset role;
