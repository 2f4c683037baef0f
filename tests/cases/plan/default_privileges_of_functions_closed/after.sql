create function before_it() returns int language sql return 1;
alter default privileges revoke execute on functions from public;
create function after_it() returns int language sql return 1;
create function open_again() returns int language sql return 1;
grant execute on function open_again() to public;
