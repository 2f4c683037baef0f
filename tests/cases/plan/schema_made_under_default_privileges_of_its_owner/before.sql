alter default privileges for role alice grant usage on schemas to carol;
alter default privileges grant create, usage on schemas to bob;
