create domain d as int not null default 4; alter domain d add constraint pos check (value > 0); create table t (a d[], b d); create type c as (x d); create table u (y c, z c[]);
