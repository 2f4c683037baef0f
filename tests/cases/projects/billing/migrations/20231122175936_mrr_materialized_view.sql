create materialized view billing.monthly_revenue as
select
  date_trunc('month', i.issued_on)::date as month,
  i.currency::text                       as currency,
  count(*)                               as invoices,
  sum(i.net)                             as net,
  sum(i.gross) filter (where i.status = 'paid') as paid
from billing.invoices i
where i.status in ('open', 'paid')
group by 1, 2
with no data;

create unique index monthly_revenue_pk on billing.monthly_revenue (month, currency);

refresh materialized view billing.monthly_revenue;
