create table jobs.outbox (
  id bigint generated always as identity,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  published_at timestamptz
);
alter table jobs.outbox add primary key (id);
create publication outbox_stream for table jobs.outbox with (publish = 'insert');
