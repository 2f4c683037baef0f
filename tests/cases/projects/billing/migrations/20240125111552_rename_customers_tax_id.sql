alter table billing.customers rename column tax_id to vat_id;
alter table billing.customers rename constraint customers_stripe_id_format to customers_stripe_id_check;
alter index billing.customers_email_lower_idx rename to customers_lower_email;
alter sequence billing.invoice_number_seq owned by billing.invoices.number;
alter table billing.customers alter column country set not null, alter column country set default 'DE';
