create table t (a timestamptz, b date, c interval, d date default current_date, e timestamptz, f time);
