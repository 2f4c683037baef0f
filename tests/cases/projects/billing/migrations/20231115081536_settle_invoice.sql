create function billing.settle_invoice() returns trigger language plpgsql as $$
declare
  paid numeric;
  due  numeric;
begin
  select sum(amount) into paid from billing.payments where invoice_id = new.invoice_id;
  select gross into due from billing.invoices where id = new.invoice_id for no key update;
  if paid >= due then
    update billing.invoices set status = 'paid', paid_at = now()
     where id = new.invoice_id and status = 'open';
  end if;
  return null;
end $$;

create trigger payments_settle after insert on billing.payments
  for each row execute function billing.settle_invoice();
