create procedure work(a int) language sql begin atomic select a; end;
revoke execute on procedure work(int) from public;
grant execute on procedure work(int) to alice;
create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0');
grant execute on function total(int) to bob with grant option;
create aggregate counted(*) (sfunc = int8inc, stype = int8, initcond = '0');
revoke execute on function counted() from public;
