create table billing.invoice_lines (
  invoice_id  uuid not null references billing.invoices on delete cascade,
  line_no     smallint not null check (line_no > 0),
  description text not null,
  quantity    numeric(12, 3) not null default 1,
  unit_price  numeric(14, 4) not null,
  discount    billing.percent not null,
  amount      numeric(14, 2) generated always as (round(quantity * unit_price * (1 - discount / 100), 2)) stored,
  service_period daterange,
  primary key (invoice_id, line_no)
);

alter table billing.invoice_lines alter column description set storage external;
alter table billing.invoice_lines add constraint invoice_lines_period_not_empty check (not isempty(service_period));
