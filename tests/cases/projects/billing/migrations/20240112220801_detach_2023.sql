alter table billing.ledger_entries detach partition billing.ledger_entries_2023;
create schema if not exists archive;
alter table billing.ledger_entries_2023 set schema archive;
revoke all on all tables in schema archive from service_role;
grant usage on schema archive to service_role;
grant select on all tables in schema archive to service_role;
