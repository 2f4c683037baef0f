create table t (a bigint, b varchar(50), c numeric(12,4), d timestamptz, e double precision, f char(8));
