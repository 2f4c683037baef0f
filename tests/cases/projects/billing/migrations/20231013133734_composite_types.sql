-- What an invoice needs of an address; frozen into the invoice when it is issued.
create type billing.postal_address as (
  line1    text,
  line2    text,
  postcode text,
  city     text,
  country  char(2)
);

create type billing.money as (
  amount   numeric(14, 2),
  currency char(3)
);

alter table billing.customers add column address billing.postal_address;
