-- name: get_fact
SELECT value FROM facts WHERE name = :name;

-- name: set_fact
INSERT INTO facts (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: get_remote
SELECT * FROM remotes WHERE remote = :remote;

-- name: list_remotes
SELECT * FROM remotes ORDER BY remote;

-- name: put_remote
INSERT OR REPLACE INTO remotes (
    remote, checked_at, attempted_at, drift_id, drift_since, drift_changes, told_at,
    failures, failing_since, outage_told_at, reason
) VALUES (
    :remote, :checked_at, :attempted_at, :drift_id, :drift_since, :drift_changes, :told_at,
    :failures, :failing_since, :outage_told_at, :reason
);

-- name: forget_remotes
-- Remotes that are no longer configured; keep is a JSON array of names.
DELETE FROM remotes WHERE remote NOT IN (SELECT value FROM json_each(:keep));

-- name: add_check
INSERT INTO checks (remote, at, outcome, fingerprint, differences, reason, seconds)
VALUES (:remote, :at, :outcome, :fingerprint, :differences, :reason, :seconds);

-- name: prune_checks
DELETE FROM checks
WHERE remote = :remote
  AND id <= (SELECT id FROM checks WHERE remote = :remote ORDER BY id DESC LIMIT 1 OFFSET :keep);

-- name: list_checks
SELECT * FROM checks WHERE remote = :remote ORDER BY id DESC LIMIT :limit;

-- name: count_checks
SELECT remote, outcome, count(*) AS number FROM checks GROUP BY remote, outcome;

-- name: add_to_outbox
INSERT INTO outbox (channel, key, kind, remote, title, body, at, next_try_at)
VALUES (:channel, :key, :kind, :remote, :title, :body, :at, :at)
ON CONFLICT (channel, key) DO NOTHING;

-- name: heads_of_outbox
-- The oldest alert of each channel: only that one may be sent, so that order is kept.
SELECT * FROM outbox WHERE id IN (SELECT min(id) FROM outbox GROUP BY channel) ORDER BY id;

-- name: remove_from_outbox
DELETE FROM outbox WHERE id = :id;

-- name: put_off
UPDATE outbox SET attempts = attempts + 1, next_try_at = :next_try_at, last_reason = :reason WHERE id = :id;

-- name: count_outbox
SELECT channel, count(*) AS number FROM outbox GROUP BY channel ORDER BY channel;

-- name: forget_channels
-- Channels that are no longer configured; keep is a JSON array of names.
DELETE FROM outbox WHERE channel NOT IN (SELECT value FROM json_each(:keep));
