create table t (a int constraint one primary key);
create table u (x int references t, y int references t on delete set null);
comment on constraint u_y_fkey on u is 'y to t';
