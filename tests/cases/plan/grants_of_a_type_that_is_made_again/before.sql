create type mood as enum ('sad', 'ok', 'happy');
revoke usage on type mood from public;
grant usage on type mood to alice with grant option;
alter type mood owner to bob;
comment on type mood is 'how it feels';
create table days (id int primary key, mood mood default 'ok');
grant select (mood) on days to alice;
insert into days values (1, 'sad'), (2, 'happy');
