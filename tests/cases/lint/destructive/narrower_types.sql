alter table private.t alter column a type varchar(10);
alter table private.t alter column a type smallint;
alter table private.t alter column a type numeric(10, 2);
alter table private.t alter column a type date using a::date;
-- expect: 1 destructive
-- expect: 2 destructive
-- expect: 3 destructive
-- expect: 4 destructive
