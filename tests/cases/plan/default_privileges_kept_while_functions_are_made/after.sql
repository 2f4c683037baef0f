alter default privileges revoke execute on functions from public;
alter default privileges in schema public grant execute on functions to alice with grant option;
alter default privileges grant execute on functions to alice, bob;
create function as_it_comes() returns int language sql return 1;
create function closed() returns int language sql return 1;
revoke execute on function closed() from alice, bob;
create schema app;
create procedure app.elsewhere() language sql begin atomic select 1; end;
