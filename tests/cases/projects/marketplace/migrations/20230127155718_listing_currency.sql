alter table listings add column currency char(3) not null default 'EUR';
alter table listings add constraint listings_currency_upper check (currency = upper(currency));
