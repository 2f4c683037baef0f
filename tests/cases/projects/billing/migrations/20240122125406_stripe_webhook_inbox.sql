create unlogged table billing.webhook_inbox (
  event_id   text primary key,
  type       text not null,
  payload    jsonb not null,
  received   timestamptz not null default clock_timestamp(),
  handled_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create index webhook_inbox_todo on billing.webhook_inbox (received) where handled_at is null;
alter table billing.webhook_inbox enable row level security;

create function billing.claim_webhooks(batch int default 20)
returns setof billing.webhook_inbox
language sql
as $$
  with next as (
    select event_id from billing.webhook_inbox
     where handled_at is null
     order by received
     limit batch
     for update skip locked
  )
  update billing.webhook_inbox w set handled_at = now()
    from next where next.event_id = w.event_id
  returning w.*;
$$;
