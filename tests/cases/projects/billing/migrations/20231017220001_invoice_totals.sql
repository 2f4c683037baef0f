create function billing.refresh_invoice_net() returns trigger
language plpgsql as $$
begin
  update billing.invoices i
     set net = coalesce((select sum(l.amount) from billing.invoice_lines l where l.invoice_id = i.id), 0)
   where i.id in (
     select invoice_id from new_lines
   );
  return null;
end $$;

create function billing.refresh_invoice_net_deleted() returns trigger
language plpgsql as $$
begin
  update billing.invoices i
     set net = coalesce((select sum(l.amount) from billing.invoice_lines l where l.invoice_id = i.id), 0)
   where i.id in (select invoice_id from old_lines);
  return null;
end $$;

create trigger invoice_lines_ai after insert on billing.invoice_lines
  referencing new table as new_lines
  for each statement execute function billing.refresh_invoice_net();
create trigger invoice_lines_au after update on billing.invoice_lines
  referencing new table as new_lines
  for each statement execute function billing.refresh_invoice_net();
create trigger invoice_lines_ad after delete on billing.invoice_lines
  referencing old table as old_lines
  for each statement execute function billing.refresh_invoice_net_deleted();
