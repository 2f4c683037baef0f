create type mood as enum ('sad', 'happy');
create type pair as (a int, b text);
create type span as range (subtype = int);
create domain positive as int constraint above_zero check (value > 0);
comment on type mood is 'before';
