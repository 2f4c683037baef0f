-- Puts the organisations into the JWT so that the front end needs no extra request.
create or replace function public.custom_access_token_hook(event jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  claims jsonb := event -> 'claims';
  orgs jsonb;
begin
  select coalesce(jsonb_object_agg(m.org_id, m.role), '{}'::jsonb)
    into orgs
    from public.memberships m
   where m.user_id = (event ->> 'user_id')::uuid;

  claims := jsonb_set(claims, '{app_metadata, orgs}', orgs, true);
  return jsonb_set(event, '{claims}', claims);
end;
$$;

grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook from authenticated, anon, public;
grant select on public.memberships to supabase_auth_admin;

create policy "auth admin reads memberships" on public.memberships
  as permissive for select to supabase_auth_admin using (true);
