create schema a;
create view a.v as select 'x'::text as x;
create view a.w as select * from a.v;
comment on view a.w is 'hello';
grant select on a.w to public;
