alter table billing.subscriptions add column paused_until timestamptz;
alter table billing.subscriptions
  add constraint subscriptions_paused_has_end check (status <> 'paused' or paused_until is not null);

create index subscriptions_paused_idx on billing.subscriptions (paused_until) where status = 'paused';

create function billing.pause_subscription(p_id uuid, p_until timestamptz)
returns billing.subscriptions
language sql
as $$
  update billing.subscriptions
     set status = 'paused', paused_until = p_until
   where id = p_id and status in ('active', 'past_due')
  returning *;
$$;
