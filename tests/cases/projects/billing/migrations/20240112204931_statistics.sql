create statistics billing.invoices_status_currency (dependencies, ndistinct) on status, currency from billing.invoices;
create statistics billing.ledger_month (mcv) on account, booked_on from billing.ledger_entries;
alter table billing.invoices alter column customer_id set statistics 500;
alter statistics billing.ledger_month set statistics 200;
