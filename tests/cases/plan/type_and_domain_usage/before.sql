create type mood as enum ('sad', 'happy');
create domain positive as int check (value > 0);
create type pair as (a int, b int);
grant usage on type pair to alice;
