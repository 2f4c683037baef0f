alter table api.orders add column anonymised_at timestamptz;
alter table api.orders alter column account_id drop not null;

create or replace function jobs.anonymise_old_orders() returns bigint language sql as $$
  with gone as (
    update api.orders set account_id = null, anonymised_at = now()
     where placed_at < now() - interval '10 years' and anonymised_at is null
    returning 1
  )
  select count(*) from gone;
$$;
select cron.schedule('anonymise-orders', '0 4 1 * *', $$select jobs.anonymise_old_orders()$$);
