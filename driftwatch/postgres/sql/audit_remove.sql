-- Takes the audit away with all that it recorded; nothing of it stays. Run it as the one who installed it.

DROP EVENT TRIGGER IF EXISTS driftwatch_audit_ddl;
DROP EVENT TRIGGER IF EXISTS driftwatch_audit_drop;
DROP SCHEMA IF EXISTS driftwatch_audit CASCADE;
