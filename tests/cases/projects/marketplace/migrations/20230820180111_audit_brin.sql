create index audit_at on private.audit using brin (at) with (autosummarize = on);
