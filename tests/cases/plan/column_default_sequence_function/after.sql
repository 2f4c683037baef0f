create sequence s2 increment 5;
create function g() returns int language sql as 'select 1';
create table t (a int default nextval('s2'), b int default g());
