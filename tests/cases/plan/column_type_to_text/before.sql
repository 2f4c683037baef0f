create table t (a int, b boolean, c date, d uuid, e jsonb, f int[], g inet, h bytea, i interval);
