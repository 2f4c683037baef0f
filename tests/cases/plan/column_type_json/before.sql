create table t (a json, b text, c jsonb default '{}', d int);
