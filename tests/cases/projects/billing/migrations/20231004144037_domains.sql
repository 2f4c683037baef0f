create domain billing.currency_code as char(3)
  constraint currency_code_upper check (value ~ '^[A-Z]{3}$');

create domain billing.amount as numeric(14, 2);

create domain billing.positive_amount as billing.amount
  not null
  check (value > 0);

create domain billing.percent as numeric(5, 2) default 0 check (value between 0 and 100);

comment on domain billing.currency_code is 'ISO 4217, three upper-case letters';
