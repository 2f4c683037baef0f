create or replace function public.create_api_key(_org uuid, _name text, _scopes text[] default '{read}')
returns text
language plpgsql
security definer
set search_path = public, extensions
as $$
declare
  raw text := 'tk_' || encode(gen_random_bytes(20), 'hex');
begin
  if not app_private.has_org_role(_org, '{owner,admin}') then
    raise insufficient_privilege using message = 'only admins may create keys';
  end if;
  insert into api_keys (org_id, name, prefix, key_hash, scopes)
  values (_org, _name, left(raw, 9), digest(raw, 'sha256'), _scopes);
  return raw;
end
$$;
revoke execute on function public.create_api_key from public, anon;
