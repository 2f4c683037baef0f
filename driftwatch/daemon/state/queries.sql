-- name: get_fact
SELECT value FROM facts WHERE name = :name;

-- name: set_fact
INSERT INTO facts (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: get_remote
SELECT state FROM remotes WHERE remote = :remote;

-- name: list_remotes
SELECT state FROM remotes ORDER BY remote;

-- name: put_remote
INSERT INTO remotes (remote, state) VALUES (:remote, :state)
ON CONFLICT (remote) DO UPDATE SET state = excluded.state;

-- name: put_details
UPDATE remotes SET details = :details WHERE remote = :remote AND details <> :details;

-- name: replace_details
UPDATE remotes SET details = :details WHERE remote = :remote AND details = :before;

-- name: get_details
SELECT details FROM remotes WHERE remote = :remote;

-- name: put_drift
INSERT INTO drifts (remote, fingerprint, at, details) VALUES (:remote, :fingerprint, :at, :details)
ON CONFLICT (remote, fingerprint) DO UPDATE SET at = excluded.at, details = excluded.details;

-- name: put_drift_details
UPDATE drifts SET details = :details WHERE remote = :remote AND fingerprint = :fingerprint;

-- name: prune_drifts
DELETE FROM drifts WHERE remote = :remote AND fingerprint NOT IN (
    SELECT fingerprint FROM drifts WHERE remote = :remote ORDER BY at DESC LIMIT :keep
);

-- name: list_drifts
SELECT fingerprint, at FROM drifts WHERE remote = :remote;

-- name: get_drift
SELECT details FROM drifts WHERE remote = :remote AND fingerprint = :fingerprint;

-- name: prune_old_drifts
DELETE FROM drifts WHERE at < :oldest;

-- name: forget_remotes
-- Remotes that are no longer configured; keep is a JSON array of names.
DELETE FROM remotes WHERE remote NOT IN (SELECT value FROM json_each(:keep));

-- name: add_check
INSERT INTO checks (remote, at, outcome, fingerprint, schema, differences, reason, seconds)
VALUES (:remote, :at, :outcome, :fingerprint, :schema, :differences, :reason, :seconds);

-- name: prune_checks
DELETE FROM checks
WHERE remote = :remote
  AND id <= (SELECT id FROM checks WHERE remote = :remote ORDER BY id DESC LIMIT 1 OFFSET :keep);

-- name: list_checks
SELECT * FROM checks WHERE remote = :remote ORDER BY id DESC LIMIT :limit;

-- name: checks_since
SELECT * FROM checks WHERE at >= :since ORDER BY id;

-- name: add_alert
INSERT INTO alerts (key, at, alert) VALUES (:key, :at, :alert) ON CONFLICT (key) DO NOTHING;

-- name: alerts_since
SELECT alert FROM alerts WHERE at >= :since ORDER BY id;

-- name: prune_old_checks
DELETE FROM checks WHERE at < :oldest;

-- name: prune_old_alerts
DELETE FROM alerts WHERE at < :oldest;

-- name: prune_old_deliveries
DELETE FROM deliveries WHERE at < :oldest;

-- name: add_to_outbox
INSERT INTO outbox (channel, key, alert, not_before, next_try_at)
VALUES (:channel, :key, :alert, :not_before, :next_try_at)
ON CONFLICT (channel, key) DO NOTHING;

-- name: held_in_outbox
-- What is not to be sent yet, in order.
SELECT * FROM outbox WHERE channel = :channel AND not_before > :now AND attempts = 0 ORDER BY id;

-- name: let_go
UPDATE outbox SET not_before = :not_before, next_try_at = :not_before WHERE id = :id;

-- name: heads_of_outbox
-- The oldest alert of each channel that may be sent: only that one, so that order is kept. One that failed too often
-- steps behind the others: it may be this one alone that the channel refuses. What waits for longer than anything may
-- be held does so because the clock was set back.
SELECT * FROM outbox WHERE id IN (
    SELECT first_value(id) OVER (PARTITION BY channel ORDER BY attempts >= :patience, id)
    FROM outbox WHERE not_before <= :now OR not_before > :horizon
) ORDER BY id;

-- name: next_held
SELECT min(not_before) AS at FROM outbox WHERE not_before > :now AND not_before <= :horizon;

-- name: remove_from_outbox
DELETE FROM outbox WHERE id = :id;

-- name: add_delivery
INSERT OR REPLACE INTO deliveries (key, channel, at, attempts) VALUES (:key, :channel, :at, :attempts);

-- name: deliveries_since
SELECT * FROM deliveries WHERE at >= :since ORDER BY at;

-- name: put_off
UPDATE outbox SET attempts = attempts + 1, next_try_at = :next_try_at, last_reason = :reason,
    failing_since = coalesce(failing_since, :now)
WHERE id = :id;

-- name: set_reported
UPDATE outbox SET reported = 1 WHERE id = :id;

-- name: count_outbox
SELECT channel, count(*) AS number FROM outbox GROUP BY channel ORDER BY channel;

-- name: forget_channels
-- Channels that are no longer configured; keep is a JSON array of names.
DELETE FROM outbox WHERE channel NOT IN (SELECT value FROM json_each(:keep));
