create or replace procedure billing.issue_invoice(p_invoice uuid, p_days int default 14)
language plpgsql
as $$
declare
  v billing.invoices%rowtype;
begin
  select * into strict v from billing.invoices where id = p_invoice for update;

  if v.status <> 'draft' then
    raise exception 'invoice % is already %', p_invoice, v.status;
  end if;

  update billing.invoices
     set status    = 'open',
         number    = 'INV-' || to_char(current_date, 'YYYY') || '-' || lpad(nextval('billing.invoice_number_seq')::text, 7, '0'),
         issued_on = current_date,
         due_on    = current_date + p_days,
         bill_to   = (select address from billing.customers c where c.id = v.customer_id)
   where id = p_invoice;
end
$$;

comment on procedure billing.issue_invoice(uuid, int) is 'Gives a draft its number and freezes the address';
