create or replace function billing.book_invoice() returns trigger
language plpgsql
as $function$
begin
  insert into billing.ledger_entries (booked_on, account, invoice_id, debit, credit, memo)
  values
    (new.issued_on, '1200', new.id, new.gross, 0, 'invoice ' || new.number),
    (new.issued_on, '4400', new.id, 0, new.net, 'invoice ' || new.number);
  if new.tax > 0 then
    insert into billing.ledger_entries (booked_on, account, invoice_id, credit, memo)
    values (new.issued_on, '3800', new.id, new.tax, 'VAT ' || new.number);
  end if;
  return new;
end;
$function$;

create constraint trigger invoices_book
  after update of status on billing.invoices
  deferrable initially deferred
  for each row
  when (old.status = 'draft' and new.status = 'open')
  execute function billing.book_invoice();
