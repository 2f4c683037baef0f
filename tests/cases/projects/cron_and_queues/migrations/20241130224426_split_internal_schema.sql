create schema reporting;
alter table internal.daily_orders set schema reporting;
alter view internal.queue_lengths set schema reporting;
alter procedure internal.roll_up(date) set schema reporting;

create or replace procedure reporting.roll_up(p_day date default current_date - 1)
language sql
as $$
  insert into reporting.daily_orders (day, orders, revenue_cents)
  select p_day, count(*), coalesce(sum(total_cents), 0)
    from api.orders where placed_at >= p_day and placed_at < p_day + 1
  on conflict (day) do update
    set orders = excluded.orders, revenue_cents = excluded.revenue_cents, computed_at = now();
$$;

grant usage on schema reporting to reporting;
revoke usage on schema internal from reporting;
select cron.schedule('roll-up', '5 1 * * *', 'call reporting.roll_up()');
