create type shop_plan as enum ('basic', 'plus');
alter table shops add column plan shop_plan not null default 'basic';
create or replace function fee_for(amount numeric, shop bigint, on_day date default current_date) returns numeric language sql stable as $$
  select case s.plan when 'plus' then round(amount * 0.03, 2) else round(amount * f.percent / 100 + f.fixed, 2) end
    from shops s, lateral (select * from fee_schedule where valid_from <= on_day order by valid_from desc limit 1) f
   where s.id = shop
$$;
