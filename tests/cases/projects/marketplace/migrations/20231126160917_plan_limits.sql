create table plan_limits (plan shop_plan primary key, max_listings int, max_staff int);
insert into plan_limits values ('basic', 50, 1), ('plus', 500, 5), ('pro', null, null);
alter table plan_limits enable row level security;
create policy plan_limits_read on plan_limits for select using (true);
