create type old_state as enum ('a', 'b');
create table t (s old_state not null default 'a', u old_state[]);
