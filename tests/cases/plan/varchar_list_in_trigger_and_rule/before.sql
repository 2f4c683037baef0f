create table t (a varchar(20), b varchar, c char(3), n name, k int);
create function f() returns trigger language plpgsql as 'begin return new; end';
