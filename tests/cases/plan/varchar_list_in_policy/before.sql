create table t (a varchar(20), b varchar, c char(3), n name, k int);
alter table t enable row level security;
create policy p on t using (k > 0) with check (k > 0);
