create table t (id int);
create sequence s;
create sequence s2;
alter sequence s owned by t.id;
