create table m (id int, who text) partition by list (id);
create table m1 partition of m for values in (1);
alter table m enable row level security;
create policy p on m using (who = current_user);
grant select on m to public;
