create table t (a int, b varchar(10), c numeric(5,2), d timestamp, e real, f char(4));
