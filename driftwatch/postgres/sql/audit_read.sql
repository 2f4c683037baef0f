-- audit_read: the newest records, the newest first, without what driftwatch itself did.
SELECT c.at, c.login, coalesce(c.role, ''), coalesce(c.application, ''), coalesce(c.client, ''), c.command,
       coalesce(c.kind, ''), coalesce(c.identity, '')
FROM driftwatch_audit.changes AS c
WHERE c.application IS DISTINCT FROM 'driftwatch'
ORDER BY c.id DESC
LIMIT 5000
