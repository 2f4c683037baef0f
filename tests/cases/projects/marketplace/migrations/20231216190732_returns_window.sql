create function returns_window() returns trigger language plpgsql as $$
begin
  if exists (select from shipments s where s.order_id = new.order_id and s.delivered_at < now() - interval '30 days') then
    raise exception 'returns are possible for 30 days';
  end if;
  return new;
end $$;
create trigger returns_window before insert on returns for each row execute function returns_window();
