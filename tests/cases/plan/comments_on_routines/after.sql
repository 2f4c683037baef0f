create function f(a int, b text default 'x') returns int language sql return a;
create procedure p(a int) language sql begin atomic select a; end;
create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0');
create aggregate counted(*) (sfunc = int8inc, stype = int8, initcond = '0');
comment on function f(int, text) is 'a function';
comment on procedure p(int) is 'a procedure';
comment on aggregate total(int) is 'an aggregate';
comment on aggregate counted(*) is 'an aggregate of rows';
