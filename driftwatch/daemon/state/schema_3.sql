-- What the daemon remembers, version 3: what each drift was, so that one that is over can still be looked at.

-- details is compressed JSON, of the last check that saw this drift.
CREATE TABLE drifts (
    remote TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at TEXT NOT NULL,
    details BLOB NOT NULL,
    PRIMARY KEY (remote, fingerprint)
);
