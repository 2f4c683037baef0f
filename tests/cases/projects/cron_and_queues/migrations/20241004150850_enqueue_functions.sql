create or replace function jobs.enqueue_email(recipient text, template text, vars jsonb default '{}', delay_seconds int default 0)
returns bigint
language sql
security definer
set search_path = ''
as $$
  select * from pgmq.send(
    'emails',
    jsonb_build_object('to', recipient, 'template', template, 'vars', vars, 'queued_at', now()),
    delay_seconds
  );
$$;

create or replace function jobs.enqueue_push(account uuid, title text, body text) returns setof bigint
language sql security definer set search_path = '' as $$
  select pgmq.send('push', jsonb_build_object('token', d.push_token, 'platform', d.platform, 'title', title, 'body', body))
    from public.devices d
   where d.account_id = account;
$$;

revoke all on all functions in schema jobs from public;
grant execute on all functions in schema jobs to service_role, job_worker;
