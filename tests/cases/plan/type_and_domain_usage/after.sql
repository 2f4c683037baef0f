create type mood as enum ('sad', 'happy');
revoke usage on type mood from public;
grant usage on type mood to alice;
create domain positive as int check (value > 0);
revoke usage on domain positive from public;
grant usage on domain positive to bob with grant option;
create type pair as (a int, b int);
alter type pair owner to bob;
