revoke all on payments from anon;
revoke all on payments from authenticated;
grant select on payments to authenticated;
create policy "buyers see payments" on payments for select
  using (order_id in (select id from orders where buyer = auth.uid()));
