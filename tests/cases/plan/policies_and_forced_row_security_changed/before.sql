
create table t (id int, owner name default current_user); alter table t enable row level security;
create policy a on t for select to pg_monitor using (owner = current_user); create policy b on t for insert to pg_monitor, pg_read_all_data with check (true);
grant select, insert on t to pg_monitor; grant update (owner) on t to pg_read_all_data; grant all on t to public;
