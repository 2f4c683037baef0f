-- What a signed-in customer may see.
create view public.my_invoices as
  select i.id, i.number, i.status, i.currency, i.net, i.tax, i.gross, i.issued_on, i.due_on, i.paid_at
    from billing.invoices i
    join billing.customers c on c.id = i.customer_id
   where c.user_id = auth.uid()
     and i.status <> 'draft';

create view public.plans as
  select id, code, title, interval, price, currency, features from billing.plans where is_public order by sort;

revoke all on public.my_invoices, public.plans from anon, authenticated;
grant select on public.my_invoices to authenticated;
grant select on public.plans to anon, authenticated;
