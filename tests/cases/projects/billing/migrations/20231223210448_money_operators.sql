-- (12.00,EUR) + (3.50,EUR); adding different currencies is an error
create function billing.money_add(a billing.money, b billing.money) returns billing.money
language plpgsql immutable strict parallel safe as $$
begin
  if (a).currency <> (b).currency then
    raise exception 'cannot add % and %', (a).currency, (b).currency;
  end if;
  return row((a).amount + (b).amount, (a).currency)::billing.money;
end $$;

create operator billing.+ (
  leftarg = billing.money, rightarg = billing.money,
  function = billing.money_add, commutator = operator(billing.+)
);

create aggregate billing.sum (billing.money) (
  sfunc = billing.money_add,
  stype = billing.money,
  parallel = safe
);

create function billing.money_to_text(m billing.money) returns text
language sql immutable strict as $$ select to_char((m).amount, 'FM999G999G990D00') || ' ' || (m).currency $$;

create cast (billing.money as text) with function billing.money_to_text(billing.money) as assignment;
