alter default privileges revoke execute on functions from public;
alter default privileges in schema public grant execute on functions to alice with grant option;
alter default privileges grant execute on functions to alice, bob;
