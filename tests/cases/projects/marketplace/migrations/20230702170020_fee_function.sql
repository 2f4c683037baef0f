create function fee_for(amount numeric, on_day date default current_date) returns numeric language sql stable as $$
  select round(amount * f.percent / 100 + f.fixed, 2)
    from fee_schedule f where f.valid_from <= on_day order by f.valid_from desc limit 1
$$;
