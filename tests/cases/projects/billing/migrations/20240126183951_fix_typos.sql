update billing.plans set title = 'Pro (annual)' where code = 'pro-year';
comment on column billing.invoices.tax_rate is 'Percent, e.g. 19.00';
comment on constraint ledger_one_side on billing.ledger_entries is 'either debit or credit, never both';
comment on trigger invoices_book on billing.invoices is 'writes the ledger when an invoice is issued';
