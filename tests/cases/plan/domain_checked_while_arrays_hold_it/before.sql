create domain d as int; create table t (a d[], b d); create type c as (x d); create table u (y c, z c[]);
