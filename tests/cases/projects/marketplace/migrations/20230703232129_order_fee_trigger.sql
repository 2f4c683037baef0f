create function set_fee() returns trigger language plpgsql as $$
begin
  new.fee := fee_for(new.total);
  return new;
end $$;
create trigger orders_fee before insert or update of total on orders for each row execute function set_fee();
