-- What the daemon remembers, version 2: a remote's state and an alert are JSON, so that they can grow; what was told
-- is kept, as are deliveries.

ALTER TABLE remotes RENAME TO remotes_1;
-- details is all of what the last check found, as JSON.
CREATE TABLE remotes (
    remote TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT ''
);
INSERT INTO remotes (remote, state)
SELECT remote, json_object(
    'remote', remote, 'checked_at', checked_at, 'attempted_at', attempted_at, 'drift_id', drift_id,
    'drift_since', drift_since, 'drift_changes', json(drift_changes), 'told_at', told_at, 'failures', failures,
    'failing_since', failing_since, 'outage_told_at', outage_told_at, 'reason', reason
) FROM remotes_1;
DROP TABLE remotes_1;

-- The fingerprint of the whole schema beside that of the drift.
ALTER TABLE checks ADD COLUMN schema TEXT;
CREATE INDEX checks_by_time ON checks (at);

ALTER TABLE outbox RENAME TO outbox_1;
-- Not sent before not_before (quiet hours, or others that say the same are awaited). reported: whether other channels
-- were told that this one fails, which it does since failing_since.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    alert TEXT NOT NULL,
    not_before TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    last_reason TEXT NOT NULL DEFAULT '',
    failing_since TEXT,
    reported INTEGER NOT NULL DEFAULT 0,
    UNIQUE (channel, key)
);
INSERT INTO outbox (id, channel, key, alert, not_before, attempts, next_try_at, last_reason)
SELECT id, channel, key, json_object(
    'kind', kind, 'remotes', CASE remote WHEN '' THEN json_array() ELSE json_array(remote) END, 'title', title,
    'body_markdown', body, 'at', at, 'key', key
), at, attempts, next_try_at, last_reason FROM outbox_1;
DROP TABLE outbox_1;

-- Every alert, whether a channel wanted it or not: the history of what happened.
CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    alert TEXT NOT NULL
);
CREATE INDEX alerts_by_time ON alerts (at);

CREATE TABLE deliveries (
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (key, channel)
);
CREATE INDEX deliveries_by_time ON deliveries (at);
