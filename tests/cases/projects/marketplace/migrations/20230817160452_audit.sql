create schema if not exists private;
create table private.audit (
  id bigint generated always as identity primary key,
  tbl text not null,
  op char(1) not null,
  before jsonb,
  after jsonb,
  by uuid,
  at timestamptz not null default now()
);
