-- Policies on memberships must not query memberships themselves (infinite recursion),
-- so the look-up lives in security definer functions outside the API schema.
create schema if not exists app_private;
revoke all on schema app_private from public;
grant usage on schema app_private to authenticated, service_role;

create function app_private.org_ids_of_current_user()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select m.org_id from public.memberships m where m.user_id = (select auth.uid())
$$;

create function app_private.has_org_role(_org uuid, _roles public.org_role[])
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1
      from public.memberships m
     where m.org_id = _org
       and m.user_id = (select auth.uid())
       and m.role = any (_roles)
  )
$$;

revoke execute on all functions in schema app_private from public;
grant execute on all functions in schema app_private to authenticated, service_role;
