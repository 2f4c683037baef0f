-- What the daemon remembers, version 1. Times are ISO 8601 in UTC with microseconds: they sort as text.

-- Single values: when the last digest was sent, …
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One row per remote: what is known about it now. drift_changes is a JSON array of readable lines.
CREATE TABLE remotes (
    remote TEXT PRIMARY KEY,
    checked_at TEXT,
    attempted_at TEXT,
    drift_id TEXT,
    drift_since TEXT,
    drift_changes TEXT NOT NULL,
    told_at TEXT,
    failures INTEGER NOT NULL,
    failing_since TEXT,
    outage_told_at TEXT,
    reason TEXT NOT NULL
);

-- The newest checks of each remote, for people who ask what happened.
CREATE TABLE checks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    remote TEXT NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    fingerprint TEXT,
    differences INTEGER NOT NULL,
    reason TEXT NOT NULL,
    seconds REAL NOT NULL
);
CREATE INDEX checks_by_remote ON checks (remote, id);

-- Alerts not yet delivered, one row per channel: a dead channel holds up no other.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    remote TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    last_reason TEXT NOT NULL DEFAULT '',
    UNIQUE (channel, key)
);
