create schema b;
create function b.f() returns int language sql immutable as 'select 1';
create view b.v as select b.f() as x;
