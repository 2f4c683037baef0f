create function ok(int) returns boolean language sql immutable as 'select $1 > 0';
create table t (id int check (ok(id)));
create table u (id int check (ok(id)), v int generated always as (id * 2) stored);
