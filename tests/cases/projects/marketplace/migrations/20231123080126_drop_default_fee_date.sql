drop trigger orders_fee on orders;
drop function set_fee();
drop function fee_for(numeric, date);
create function fee_for(amount numeric, shop bigint, on_day date default current_date) returns numeric language sql stable as $$
  select round(amount * f.percent / 100 + f.fixed, 2)
    from fee_schedule f where f.valid_from <= on_day order by f.valid_from desc limit 1
$$;
