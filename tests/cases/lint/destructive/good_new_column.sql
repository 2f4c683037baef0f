alter table private.t add column if not exists a int;
update private.t set a = id * 2;
alter table private.t alter column a set not null;
