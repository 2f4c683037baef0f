create table billing.plan_prices (
  plan_id  smallint not null references billing.plans,
  price    billing.amount not null,
  valid    tstzrange not null default tstzrange(now(), null),
  constraint plan_prices_no_overlap exclude using gist (plan_id with =, valid with &&)
    deferrable initially immediate
);

do $$
declare
  p record;
begin
  for p in select id, price from billing.plans order by id loop
    insert into billing.plan_prices (plan_id, price, valid)
    values (p.id, p.price, tstzrange('2023-10-01', null));
  end loop;
end
$$;

create function billing.keep_price_history() returns trigger language plpgsql as $$
begin
  update billing.plan_prices set valid = tstzrange(lower(valid), now())
   where plan_id = new.id and upper_inf(valid);
  insert into billing.plan_prices (plan_id, price) values (new.id, new.price);
  return new;
end $$;

create trigger plans_price_history after update of price on billing.plans
  for each row when (old.price <> new.price) execute function billing.keep_price_history();
