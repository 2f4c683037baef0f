create schema a;
create function a.f() returns int language sql immutable as 'select 1';
create view a.v as select a.f() as x;
