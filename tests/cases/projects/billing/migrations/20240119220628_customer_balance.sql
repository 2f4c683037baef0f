create or replace view billing.customer_balance as
with invoiced as (
  select customer_id, sum(gross) as total
    from billing.invoices
   where status in ('open', 'paid')
   group by customer_id
), received as (
  select i.customer_id, sum(p.amount) as total
    from billing.payments p
    join billing.invoices i on i.id = p.invoice_id
   group by i.customer_id
)
select c.id as customer_id,
       c.name,
       coalesce(v.total, 0)                          as invoiced,
       coalesce(r.total, 0)                          as received,
       coalesce(v.total, 0) - coalesce(r.total, 0)   as balance
  from billing.customers c
  left join invoiced v on v.customer_id = c.id
  left join received r on r.customer_id = c.id;
