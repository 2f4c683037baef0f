create function set_vat_rate() returns trigger language plpgsql as $$
begin
  if new.vat_rate is null then
    select v.standard into new.vat_rate
      from orders o join addresses a on a.id = o.ship_to join vat_rates v on v.country = a.country
     where o.id = new.order_id;
    new.vat_rate := coalesce(new.vat_rate, 19);
  end if;
  return new;
end $$;
create trigger order_items_vat before insert on order_items for each row execute function set_vat_rate();
