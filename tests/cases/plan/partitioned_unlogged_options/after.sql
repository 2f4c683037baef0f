create table m (id int) partition by list (id);
create unlogged table m1 partition of m for values in (1) with (fillfactor=60);
create table m2 partition of m for values in (2) tablespace pg_default;
alter table m1 enable row level security;
