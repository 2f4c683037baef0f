alter default privileges grant select on tables to alice with grant option;
alter default privileges for role alice grant execute on functions to bob;
