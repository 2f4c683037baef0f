-- numeric(14,2) is not enough for the Indonesian customers: retype through the domains
alter domain billing.amount rename to amount_14_2;
create domain billing.amount as numeric(20, 4);

drop view public.plans;
drop trigger plans_price_history on billing.plans;
alter table billing.plans alter column price type billing.amount using price::numeric;
alter table billing.plan_prices alter column price type billing.amount;
create view public.plans as
  select id, code, title, interval, price::numeric(20, 2) as price, currency, features
    from billing.plans where is_public order by sort;
grant select on public.plans to anon, authenticated;
revoke insert, update, delete, truncate, references, trigger on public.plans from anon, authenticated;

create trigger plans_price_history after update of price on billing.plans
  for each row when (old.price <> new.price) execute function billing.keep_price_history();
