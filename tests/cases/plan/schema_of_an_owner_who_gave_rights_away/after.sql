create schema app authorization alice;
revoke create on schema app from alice;
grant usage on schema app to bob;
