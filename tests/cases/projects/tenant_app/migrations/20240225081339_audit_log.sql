create schema audit;

create table audit.log (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  actor      uuid,
  table_name name not null,
  op         text not null check (op in ('INSERT', 'UPDATE', 'DELETE')),
  row_pk     text,
  old_row    jsonb,
  new_row    jsonb
);

create index log_at_brin on audit.log using brin (at);
create index log_table_name_idx on audit.log (table_name, row_pk);

create function audit.record() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  o jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  n jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
  insert into audit.log (actor, table_name, op, row_pk, old_row, new_row)
  values (auth.uid(), tg_table_name, tg_op, coalesce(n ->> 'id', o ->> 'id'), o, n);
  return null;
end
$$;

create trigger audit_organisations after insert or update or delete on public.organisations
  for each row execute function audit.record();
create trigger audit_memberships after insert or update or delete on public.memberships
  for each row execute function audit.record();
create trigger audit_invitations after insert or delete on public.invitations
  for each row execute function audit.record();
