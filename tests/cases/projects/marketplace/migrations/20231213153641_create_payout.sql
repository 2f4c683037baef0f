create function private.create_payout(shop bigint, during daterange) returns bigint language plpgsql as $$
declare
  p bigint;
begin
  insert into public.payouts (shop_id, amount, period) values (shop, 0, during) returning id into p;
  insert into public.payout_items (payout_id, order_id, gross, fee)
  select p, o.id, o.grand_total, coalesce(f.fee, 0)
    from public.orders o join public.order_fees f on f.order_id = o.id and f.shop_id = shop
   where o.status = 'done' and o.created_at::date <@ during;
  update public.payouts set amount = (select coalesce(sum(net), 0) from public.payout_items where payout_id = p) where id = p;
  return p;
end $$;
