create schema a;
create view a.v as select 1 as x;
create view a.w as select * from a.v;
comment on view a.w is 'hello';
grant select on a.w to public;
