create table t (a date, b timestamp, c time, d timestamptz default now(), e bigint, f interval);
