create type new_state as enum ('a', 'b', 'c');
create table t (s new_state not null default 'b', u new_state[]);
