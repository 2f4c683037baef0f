create sequence invoice_no_seq as bigint start 1 no cycle;
create table invoices (
  no bigint primary key default nextval('invoice_no_seq'),
  order_id bigint not null references orders on delete restrict,
  shop_id bigint not null references shops on delete restrict,
  issued date not null default current_date,
  pdf_path text,
  unique (order_id, shop_id)
);
alter sequence invoice_no_seq owned by invoices.no;
alter table invoices enable row level security;
