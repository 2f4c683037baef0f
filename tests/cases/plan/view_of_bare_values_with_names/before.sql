create view v (x, y) as values (1, 'x'), (2, 'y'); create table t (a int); create view w as select * from t; create rule r1 as on insert to t where new.a > 5 do instead nothing;
