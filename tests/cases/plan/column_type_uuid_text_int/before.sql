create table t (a uuid default gen_random_uuid(), b text, c int);
