-- We lost events in a crash. Never again.
alter table billing.webhook_inbox set logged;
alter table billing.webhook_inbox reset (autovacuum_vacuum_scale_factor), set (autovacuum_enabled = true);
