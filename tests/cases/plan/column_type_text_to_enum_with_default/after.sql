create type mood as enum ('sad', 'ok');
create table t (a mood default 'sad' not null, b varchar(3) default 'ok', c mood[] default '{sad}');
