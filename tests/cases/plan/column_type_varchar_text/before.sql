create table t (a varchar(10) default 'x', b text default 'y');
