"""What the daemon remembers across restarts: each remote's state, checks, alerts, and what is not delivered yet."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from driftwatch.core.alerts import Alert, Decision, Observation, RemoteState, merged
from driftwatch.daemon.state.codec import (
    alert_from_json,
    alert_to_json,
    state_from_json,
    state_to_json,
    storable,
    text_of,
)
from driftwatch.daemon.state.database import Database, Result, queries
from driftwatch.daemon.state.records import Delivered, PastCheck, Undelivered

KEPT_CHECKS = 10_000
"""Per remote."""
KEPT_DRIFTS = 30
"""Per remote, with all that differed."""
KEPT_DAYS = 400
LONGEST_HOLD = timedelta(days=1)
"""Nothing is held back for longer: who waits for more than that waits because the clock was set back."""
PATIENCE = 8
"""Failed attempts after which an alert no longer keeps its channel from later ones."""
Route = Callable[[Alert], Iterable[str]]
"""Which channels want an alert."""
Hold = Callable[[Alert], datetime]


class SqliteState:
    """The daemon's memory in one SQLite file. Safe to use from several threads and processes.

    mend: whether a damaged file is moved aside, which only the daemon may do.
    Raises DriftwatchError when the file cannot be opened; sqlite3.Error when a write fails later.
    """

    def __init__(self, path: Path, *, mend: bool = True) -> None:
        self._database = Database(path, mend=mend)

    @property
    def moved_aside(self) -> Path | None:
        """Where a damaged file was moved to, if that happened; what it knew is lost to the daemon."""
        return self._database.moved_aside

    def close(self) -> None:
        self._database.close()

    def remote(self, name: str) -> RemoteState | None:
        return self._transact(lambda connection: _known(connection, name))

    def remotes(self) -> tuple[RemoteState, ...]:
        return tuple(state_from_json(row["state"]) for row in self._rows("list_remotes"))

    def details(self, remote: str) -> str:
        """All of what the last check that compared found, as JSON; "" where nothing is known."""
        rows = self._rows("get_details", remote=remote)
        return str(rows[0]["details"]) if rows else ""

    def drifts(self, remote: str) -> dict[str, datetime]:
        """The ids of the drifts whose details are kept, also of those that are over, and when each was last seen."""
        return {
            row["fingerprint"]: datetime.fromisoformat(row["at"]) for row in self._rows("list_drifts", remote=remote)
        }

    def drift(self, remote: str, drift_id: str) -> str:
        """What the last check that saw this drift found, as `details`; "" where it is not kept."""
        rows = self._rows("get_drift", remote=remote, fingerprint=drift_id)
        return zlib.decompress(rows[0]["details"]).decode() if rows else ""

    def explain(self, seen: Observation, details: str) -> None:
        """Replaces the details of this check by fuller ones, and those of its drift."""

        def work(connection: sqlite3.Connection) -> None:
            before = storable(seen.details)  # a later check found something else
            _execute(connection, "replace_details", remote=seen.remote, before=before, details=storable(details))
            row = {"remote": seen.remote, "fingerprint": seen.drift_id}
            _execute(connection, "put_drift_details", details=_packed(details), **row)

        self._transact(work)

    def observe(
        self,
        seen: Observation,
        at: datetime,
        seconds: float,
        decide: Callable[[RemoteState | None], Decision],
        route: Route,
        hold: Hold | None = None,
    ) -> Decision:
        """Writes a check down with what was decided from it, at once: the new state and the alerts to send
        are all kept, or nothing. hold: before when an alert is not to be sent. Gives the decision back."""

        def work(connection: sqlite3.Connection) -> Decision:
            decision = decide(_known(connection, seen.remote))
            _keep(connection, decision, at, route, hold)
            if seen.details:
                _execute(connection, "put_details", remote=seen.remote, details=storable(seen.details))
            if seen.details and seen.drift_id:
                row = {"fingerprint": seen.drift_id, "at": text_of(at), "details": _packed(seen.details)}
                _execute(connection, "put_drift", remote=seen.remote, **row)
                _execute(connection, "prune_drifts", remote=seen.remote, keep=KEPT_DRIFTS)
            _execute(connection, "add_check", **_check_row(seen, at, seconds))
            _execute(connection, "prune_checks", remote=seen.remote, keep=KEPT_CHECKS)
            return decision

        return self._transact(work)

    def change(
        self,
        remote: str,
        at: datetime,
        decide: Callable[[RemoteState], Decision],
        route: Route,
        hold: Hold | None = None,
    ) -> Decision | None:
        """Changes what is known of a remote, and tells what follows, at once; None where nothing is known of it."""

        def work(connection: sqlite3.Connection) -> Decision | None:
            state = _known(connection, remote)
            if state is None:
                return None
            decision = decide(state)
            _keep(connection, decision, at, route, hold)
            return decision

        return self._transact(work)

    def enqueue(
        self, alert: Alert, channels: Iterable[str], *, not_before: datetime | None = None, **facts: str
    ) -> None:
        """Puts an alert into the outbox and sets facts, at once."""

        def work(connection: sqlite3.Connection) -> None:
            _enqueue(connection, alert, channels, not_before or alert.at)
            for name, value in facts.items():
                _execute(connection, "set_fact", name=name, value=value)

        self._transact(work)

    def report_channel(self, item: Undelivered, alert: Alert, channels: Iterable[str]) -> None:
        """Tells other channels that this one fails, and remembers that they were told, at once."""

        def work(connection: sqlite3.Connection) -> None:
            _execute(connection, "set_reported", id=item.id)
            _enqueue(connection, alert, channels, alert.at)

        self._transact(work)

    def heads(self, now: datetime) -> tuple[Undelivered, ...]:
        """The next alert of each channel, due or not, without those that are held back."""
        asked = {"now": text_of(now), "horizon": text_of(now + LONGEST_HOLD), "patience": PATIENCE}
        rows = self._rows("heads_of_outbox", **asked)
        return tuple(_undelivered(row) for row in rows)

    def next_held(self, now: datetime) -> datetime | None:
        """When the first of those that are held back may be sent."""
        (row,) = self._rows("next_held", now=text_of(now), horizon=text_of(now + LONGEST_HOLD))
        return datetime.fromisoformat(row["at"]) if row["at"] else None

    def delivered(self, item: Undelivered, at: datetime) -> None:
        def work(connection: sqlite3.Connection) -> None:
            _execute(connection, "remove_from_outbox", id=item.id)
            row = {"channel": item.channel, "at": text_of(at), "attempts": item.attempts + 1}
            for key in (item.alert.key, *item.alert.joined):
                _execute(connection, "add_delivery", key=storable(key), **row)

        self._transact(work)

    def put_off(self, item: Undelivered, now: datetime, until: datetime, reason: str) -> None:
        """Counts a failed attempt and says when the next one is due."""
        self._run("put_off", id=item.id, now=text_of(now), next_try_at=text_of(until), reason=storable(reason))

    def undelivered(self) -> dict[str, int]:
        """How many alerts wait, by channel."""
        return {row["channel"]: row["number"] for row in self._rows("count_outbox")}

    def keep_only(self, *, remotes: Collection[str], channels: Collection[str]) -> int:
        """Forgets remotes and channels that are no longer configured; the number of alerts dropped so."""
        self._run("forget_remotes", keep=json.dumps(sorted(remotes)))
        return self._run("forget_channels", keep=json.dumps(sorted(channels)))

    def prune(self, now: datetime) -> None:
        """Forgets what is older than `KEPT_DAYS`."""
        oldest = text_of(now - timedelta(days=KEPT_DAYS))
        for query in ("prune_old_checks", "prune_old_alerts", "prune_old_deliveries", "prune_old_drifts"):
            self._run(query, oldest=oldest)

    def checks(self, remote: str, limit: int = 20) -> tuple[PastCheck, ...]:
        """The newest checks of a remote, newest first."""
        return tuple(_past_check(row) for row in self._rows("list_checks", remote=remote, limit=limit))

    def checks_since(self, since: datetime) -> tuple[PastCheck, ...]:
        """All checks from then on, in order."""
        return tuple(_past_check(row) for row in self._rows("checks_since", since=text_of(since)))

    def alerts_since(self, since: datetime) -> tuple[Alert, ...]:
        """All alerts from then on, in order, wanted by a channel or not."""
        return tuple(alert_from_json(row["alert"]) for row in self._rows("alerts_since", since=text_of(since)))

    def deliveries_since(self, since: datetime) -> tuple[Delivered, ...]:
        rows = self._rows("deliveries_since", since=text_of(since))
        return tuple(
            Delivered(row["key"], row["channel"], datetime.fromisoformat(row["at"]), row["attempts"]) for row in rows
        )

    def fact(self, name: str) -> str | None:
        rows = self._rows("get_fact", name=name)
        return str(rows[0]["value"]) if rows else None

    def set_fact(self, name: str, value: str) -> None:
        self._run("set_fact", name=name, value=value)

    def _transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return self._database.transact(work)

    def _rows(self, query: str, **values: Any) -> list[sqlite3.Row]:
        return self._transact(lambda connection: _select(connection, query, **values))

    def _run(self, query: str, **values: Any) -> int:
        return self._transact(lambda connection: _execute(connection, query, **values))


def _select(connection: sqlite3.Connection, query: str, **values: Any) -> list[sqlite3.Row]:
    return connection.execute(queries()[query], values).fetchall()


def _execute(connection: sqlite3.Connection, query: str, **values: Any) -> int:
    return connection.execute(queries()[query], values).rowcount


def _known(connection: sqlite3.Connection, remote: str) -> RemoteState | None:
    rows = _select(connection, "get_remote", remote=remote)
    return state_from_json(rows[0]["state"]) if rows else None


def _keep(connection: sqlite3.Connection, decision: Decision, at: datetime, route: Route, hold: Hold | None) -> None:
    state = decision.state
    _execute(connection, "put_remote", remote=state.remote, state=state_to_json(state))
    for alert in decision.alerts:
        _enqueue(connection, alert, route(alert), hold(alert) if hold else at)


def _enqueue(connection: sqlite3.Connection, alert: Alert, channels: Iterable[str], not_before: datetime) -> None:
    _execute(connection, "add_alert", key=storable(alert.key), at=text_of(alert.at), alert=alert_to_json(alert))
    for channel in channels:
        _put(connection, channel, alert, not_before)


def _put(connection: sqlite3.Connection, channel: str, alert: Alert, not_before: datetime) -> None:
    """Into the outbox: behind what is held back about the same remotes, and as one with what says the same."""
    now = alert.at
    for row in _select(connection, "held_in_outbox", channel=channel, now=text_of(now)):
        held, until = alert_from_json(row["alert"]), datetime.fromisoformat(row["not_before"])
        if (both := merged(held, alert)) is not None:
            # A new row, for the old one may just be on its way: then it is sent twice, and nothing is lost.
            _execute(connection, "remove_from_outbox", id=row["id"])
            alert, not_before = both, min(until, not_before)
        elif set(held.remotes) & set(alert.remotes) and not_before < until:
            if alert.critical:
                _execute(connection, "let_go", id=row["id"], not_before=text_of(not_before))
            else:
                not_before = until
    # What is not held back has no time at all: a clock that is set back must not hold it.
    earliest = text_of(not_before) if not_before > now else ""
    values = {"not_before": earliest, "next_try_at": text_of(not_before)}
    _execute(
        connection, "add_to_outbox", channel=channel, key=storable(alert.key), alert=alert_to_json(alert), **values
    )


def _check_row(seen: Observation, at: datetime, seconds: float) -> dict[str, Any]:
    return {
        "remote": seen.remote,
        "at": text_of(at),
        "outcome": seen.outcome,
        "fingerprint": seen.fingerprint,
        "schema": seen.schema,
        "differences": len(seen.changes),
        "reason": storable(seen.reason),
        "seconds": seconds,
    }


def _packed(details: str) -> bytes:
    return zlib.compress(storable(details).encode())


def _past_check(row: sqlite3.Row) -> PastCheck:
    values = {field.name: row[field.name] for field in fields(PastCheck)}
    return PastCheck(**values | {"at": datetime.fromisoformat(row["at"]).astimezone(UTC)})


def _undelivered(row: sqlite3.Row) -> Undelivered:
    failing = datetime.fromisoformat(row["failing_since"]) if row["failing_since"] else None
    return Undelivered(
        row["id"],
        row["channel"],
        alert_from_json(row["alert"]),
        row["attempts"],
        datetime.fromisoformat(row["next_try_at"]),
        row["last_reason"],
        failing,
        bool(row["reported"]),
    )
