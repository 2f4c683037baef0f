create type mood as enum ('sad', 'ok');
create type mood2 as enum ('sad', 'ok', 'fine');
create table t (a mood default 'sad');
create index t_a on t (a) where a = 'sad';
