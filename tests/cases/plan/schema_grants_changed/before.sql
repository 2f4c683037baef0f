create schema app;
grant usage on schema app to alice;
grant create, usage on schema app to bob;
