create table if not exists private.kinds (name text primary key);
insert into private.kinds values ('a'), ('b');
alter table private.t add column if not exists kind text;
insert into private.kinds select distinct kind from private.t;
insert into storage.buckets (id, name) values ('a', 'a');
