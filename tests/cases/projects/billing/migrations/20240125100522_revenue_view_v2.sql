drop materialized view if exists billing.monthly_revenue;

create materialized view billing.monthly_revenue
with (fillfactor = 90) as
select
  date_trunc('month', i.issued_on)::date as month,
  i.currency::text as currency,
  p.code as plan,
  count(*) as invoices,
  sum(i.net) as net,
  sum(i.gross) filter (where i.status = 'paid') as paid,
  sum(i.gross) filter (where i.status = 'uncollectible') as lost
from billing.invoices i
left join billing.subscriptions s on s.id = i.subscription_id
left join billing.plans p on p.id = s.plan_id
where i.status <> 'draft'
group by 1, 2, 3;

create unique index on billing.monthly_revenue (month, currency, plan);
create index monthly_revenue_month on billing.monthly_revenue (month desc);
comment on materialized view billing.monthly_revenue is 'Refreshed nightly';
