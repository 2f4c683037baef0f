create type mood as enum ('sad', 'ok');
create table t (a text, b mood);
