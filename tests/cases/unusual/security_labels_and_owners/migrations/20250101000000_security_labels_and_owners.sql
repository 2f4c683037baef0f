create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
alter table private.t owner to postgres;
reassign owned by postgres to postgres;
grant select (id), update (note) on private.t to authenticated;
revoke all on private.t from anon;
