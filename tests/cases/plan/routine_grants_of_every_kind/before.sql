create procedure work(a int) language sql begin atomic select a; end;
create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0');
create aggregate counted(*) (sfunc = int8inc, stype = int8, initcond = '0');
