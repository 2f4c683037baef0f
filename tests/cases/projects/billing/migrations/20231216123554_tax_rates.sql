create table billing.tax_rates (
  country  char(2) not null,
  rate     billing.percent not null,
  during   daterange not null,
  exclude using gist (country with =, during with &&)
);

insert into billing.tax_rates values
  ('DE', 19.00, '[2007-01-01,2020-07-01)'),
  ('DE', 16.00, '[2020-07-01,2021-01-01)'),
  ('DE', 19.00, '[2021-01-01,)'),
  ('AT', 20.00, '[1984-01-01,)'),
  ('FR', 20.00, '[2014-01-01,)');

create function billing.tax_rate_on(p_country char, p_day date) returns numeric
language sql stable strict parallel safe
return (select t.rate from billing.tax_rates t where t.country = p_country and t.during @> p_day);
