alter default privileges in schema public grant all on tables to alice, bob, carol;
alter default privileges in schema public grant all on functions to alice, bob, carol;
alter default privileges in schema public grant all on sequences to alice, bob, carol;
