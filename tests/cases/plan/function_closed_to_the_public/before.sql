create function secret() returns int language sql return 1;
create function open_to_all() returns int language sql return 1;
revoke execute on function open_to_all() from public;
