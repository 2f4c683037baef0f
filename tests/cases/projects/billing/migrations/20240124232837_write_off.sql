create function billing.write_off(p_invoice uuid, reason text) returns void
language plpgsql security definer set search_path = billing, pg_temp as $$
begin
  update invoices set status = 'uncollectible' where id = p_invoice and status = 'open';
  if not found then
    raise exception 'only open invoices can be written off';
  end if;
  insert into ledger_entries (booked_on, account, invoice_id, credit, memo)
  select current_date, '1200', id, gross, 'write-off: ' || reason from invoices where id = p_invoice;
end $$;

revoke all on function billing.write_off(uuid, text) from public;
grant execute on function billing.write_off to service_role;

create index invoices_uncollectible_idx on billing.invoices (issued_on) where status = 'uncollectible';
