create function secret() returns int language sql return 1;
revoke execute on function secret() from public;
grant execute on function secret() to alice, "Odd Role";
create function open_to_all() returns int language sql return 1;
