create table t (id int, a bigint);
create table log (a bigint);
create rule r as on insert to t do also insert into log values (new.a);
