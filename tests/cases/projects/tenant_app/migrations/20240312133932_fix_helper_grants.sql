-- can_see_task was created after the blanket grant, so PUBLIC still had it
revoke execute on function app_private.can_see_task(bigint) from public;
grant execute on function app_private.can_see_task(bigint) to authenticated, service_role;
alter default privileges in schema app_private revoke execute on functions from public;
alter default privileges in schema app_private grant execute on functions to authenticated, service_role;
