create type mood as enum ('happy', 'sad');
revoke usage on type mood from public;
grant usage on type mood to alice with grant option;
alter type mood owner to bob;
comment on type mood is 'how it feels';
create table days (id int primary key, mood mood default 'sad');
grant select (mood) on days to alice;
