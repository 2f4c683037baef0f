alter default privileges for role alice grant usage on schemas to carol;
alter default privileges grant create, usage on schemas to bob;
create schema hers authorization alice;
create schema ours;
grant usage on schema ours to alice;
