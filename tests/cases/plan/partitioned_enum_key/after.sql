create type e as enum ('b', 'c', 'a');
create table m (k e, v int) partition by list (k);
create table ma partition of m for values in ('a');
