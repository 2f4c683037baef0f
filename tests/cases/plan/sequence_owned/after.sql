create table t (id int, k int);
create sequence s;
create sequence s2;
alter sequence s2 owned by t.id;
