alter table shops add column return_days smallint not null default 30 check (return_days >= 14);
create or replace function returns_window() returns trigger language plpgsql as $$
declare
  days int;
begin
  select s.return_days into days
    from order_items i join listings l on l.id = i.listing_id join shops s on s.id = l.shop_id
   where i.order_id = new.order_id and i.line = new.line;
  if exists (select from shipments s where s.order_id = new.order_id and s.delivered_at < now() - make_interval(days => days)) then
    raise exception 'returns are possible for % days', days;
  end if;
  return new;
end $$;
