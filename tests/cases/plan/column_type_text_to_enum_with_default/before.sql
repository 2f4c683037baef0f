create type mood as enum ('sad', 'ok');
create table t (a text default 'sad' not null, b mood default 'ok', c text[] default '{}');
