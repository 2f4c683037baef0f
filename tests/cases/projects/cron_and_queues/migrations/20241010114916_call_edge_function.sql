create or replace function internal.call_edge_function(fn text, payload jsonb default '{}'::jsonb, timeout_ms int default 10000)
returns bigint
language plpgsql
security definer
set search_path to ''
as $$
declare
  request_id bigint;
begin
  select net.http_post(
    url := internal.secret('project_url') || '/functions/v1/' || fn,
    headers := jsonb_build_object(
      'Content-Type', 'application/json',
      'Authorization', 'Bearer ' || internal.secret('edge_function_key')
    ),
    body := payload,
    timeout_milliseconds := timeout_ms
  ) into request_id;
  return request_id;
end;
$$;
revoke execute on function internal.call_edge_function(text, jsonb, int) from public;
