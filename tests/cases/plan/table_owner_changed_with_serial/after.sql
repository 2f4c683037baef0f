create role dw_pairs_none;
drop role dw_pairs_none;
create table t (id serial primary key);
create table u (id bigserial, n int);
