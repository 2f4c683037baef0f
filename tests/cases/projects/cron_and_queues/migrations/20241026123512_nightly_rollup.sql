create table internal.daily_orders (
  day date primary key,
  orders int not null,
  revenue_cents bigint not null,
  computed_at timestamptz not null default now()
);
grant select on internal.daily_orders to reporting;

create or replace procedure internal.roll_up(p_day date default current_date - 1)
language sql
as $$
  insert into internal.daily_orders (day, orders, revenue_cents)
  select p_day, count(*), coalesce(sum(total_cents), 0)
    from api.orders
   where placed_at >= p_day and placed_at < p_day + 1
  on conflict (day) do update
    set orders = excluded.orders, revenue_cents = excluded.revenue_cents, computed_at = now();
$$;

select cron.schedule('roll-up', '5 1 * * *', 'call internal.roll_up()');
