grant usage on schema audit to service_role;
grant select on audit.log to service_role;
alter table audit.log enable row level security;

create or replace view public.org_audit
with (security_barrier = true) as
  select l.id, l.at, l.actor, p.full_name as actor_name, l.table_name, l.op,
         coalesce(l.new_row, l.old_row) ->> 'org_id' as org_id
    from audit.log l
    left join public.profiles p on p.id = l.actor
   where app_private.has_org_role((coalesce(l.new_row, l.old_row) ->> 'org_id')::uuid, '{owner,admin}');

revoke all on public.org_audit from anon;
