create function total(a int) returns int language sql return a;
revoke execute on function total(int) from public;
grant execute on function total(int) to alice with grant option;
comment on function total(int) is 'sums up';
alter function total(int) owner to bob;
