revoke create on schema public from anon, authenticated;
grant usage on schema private to service_role;
grant select on all tables in schema private to service_role;
