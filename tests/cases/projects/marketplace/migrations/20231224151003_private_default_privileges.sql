alter default privileges in schema private grant select on tables to service_role;
alter default privileges in schema private revoke execute on functions from public;
