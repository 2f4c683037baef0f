drop view private.v;
drop function private.f(int);
alter table private.t add column a int;
alter table private.t drop constraint c;
drop trigger t on private.t;
drop policy p on private.t;
-- expect: 1 if-exists
-- expect: 2 if-exists
-- expect: 3 if-exists
-- expect: 4 if-exists
-- expect: 5 if-exists
-- expect: 6 if-exists
