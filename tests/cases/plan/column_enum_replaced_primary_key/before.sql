create type kind as enum ('a', 'b');
create table t (k kind primary key);
create table u (k kind references t, n int, unique (k, n));
