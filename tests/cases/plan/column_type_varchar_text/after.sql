create table t (a text default 'x', b varchar(10) default 'y');
