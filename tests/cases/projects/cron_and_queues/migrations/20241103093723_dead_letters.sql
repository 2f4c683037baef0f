create table jobs.dead_letters (
  id uuid primary key default gen_random_uuid(),
  queue text not null,
  msg_id bigint not null,
  message jsonb not null,
  error text,
  failed_at timestamptz not null default now(),
  retried_at timestamptz,
  unique (queue, msg_id)
);
create index dead_letters_open_idx on jobs.dead_letters (queue, failed_at) where retried_at is null;

create or replace function jobs.bury(q text, id bigint, err text) returns void language plpgsql security definer set search_path = '' as $$
begin
  execute format(
    'insert into jobs.dead_letters (queue, msg_id, message, error)
       select %L, msg_id, message, $2 from pgmq.%I where msg_id = $1
     on conflict (queue, msg_id) do update set error = excluded.error', q, 'q_' || q)
  using id, err;
  perform pgmq.archive(q, id);
end $$;
