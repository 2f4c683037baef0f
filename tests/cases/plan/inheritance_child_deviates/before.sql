create table p (a int, b text default 'x', c int not null);
