"""What the daemon remembers across restarts: each remote's state, the last checks, undelivered alerts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from driftwatch.core.alerts import Alert, Observation, RemoteState
from driftwatch.daemon.state.database import Database, Result, queries

KEPT_CHECKS = 1000
"""Per remote."""
Decision = tuple[RemoteState, Alert | None]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The alert that is next on one channel."""

    id: int
    channel: str
    alert: Alert
    attempts: int
    next_try_at: datetime
    last_reason: str


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One check as it was written down; seconds: how long it took."""

    remote: str
    at: datetime
    outcome: str
    fingerprint: str | None
    differences: int
    reason: str
    seconds: float


class SqliteState:
    """The daemon's memory in one SQLite file. Safe to use from several threads.

    Raises DriftwatchError when the file cannot be opened; sqlite3.Error when a write fails later.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    @property
    def moved_aside(self) -> Path | None:
        """Where a damaged file was moved to, if that happened; what it knew is lost to the daemon."""
        return self._database.moved_aside

    def close(self) -> None:
        self._database.close()

    def remote(self, name: str) -> RemoteState | None:
        rows = self._rows("get_remote", remote=name)
        return _remote_state(rows[0]) if rows else None

    def remotes(self) -> tuple[RemoteState, ...]:
        return tuple(_remote_state(row) for row in self._rows("list_remotes"))

    def observe(
        self,
        observation: Observation,
        at: datetime,
        seconds: float,
        decide: Callable[[RemoteState | None], Decision],
        route: Callable[[Alert], Iterable[str]],
    ) -> Alert | None:
        """Writes a check down with what was decided from it, at once: the new state and the alert to send
        are both kept, or neither. Gives the alert back."""

        def work(connection: sqlite3.Connection) -> Alert | None:
            found = _select(connection, "get_remote", remote=observation.remote)
            new, alert = decide(_remote_state(found[0]) if found else None)
            _execute(connection, "put_remote", **_remote_row(new))
            _execute(connection, "add_check", **_check_row(observation, at, seconds))
            _execute(connection, "prune_checks", remote=observation.remote, keep=KEPT_CHECKS)
            if alert is not None:
                _enqueue(connection, alert, route(alert))
            return alert

        return self._transact(work)

    def enqueue(self, alert: Alert, channels: Iterable[str], **facts: str) -> None:
        """Puts an alert into the outbox and sets facts, at once."""

        def work(connection: sqlite3.Connection) -> None:
            _enqueue(connection, alert, channels)
            for name, value in facts.items():
                _execute(connection, "set_fact", name=name, value=value)

        self._transact(work)

    def heads(self) -> tuple[Undelivered, ...]:
        """The next alert of each channel, due or not."""
        return tuple(_undelivered(row) for row in self._rows("heads_of_outbox"))

    def delivered(self, item: Undelivered) -> None:
        self._run("remove_from_outbox", id=item.id)

    def put_off(self, item: Undelivered, until: datetime, reason: str) -> None:
        """Counts a failed attempt and says when the next one is due."""
        self._run("put_off", id=item.id, next_try_at=_text_of(until), reason=_storable(reason))

    def undelivered(self) -> dict[str, int]:
        """How many alerts wait, by channel."""
        return {row["channel"]: row["number"] for row in self._rows("count_outbox")}

    def keep_only(self, *, remotes: Collection[str], channels: Collection[str]) -> int:
        """Forgets remotes and channels that are no longer configured; the number of alerts dropped so."""
        self._run("forget_remotes", keep=json.dumps(sorted(remotes)))
        return self._run("forget_channels", keep=json.dumps(sorted(channels)))

    def checks(self, remote: str, limit: int = 20) -> tuple[PastCheck, ...]:
        """The newest checks of a remote, newest first."""
        rows = self._rows("list_checks", remote=remote, limit=limit)
        return tuple(_past_check(row) for row in rows)

    def check_counts(self) -> dict[tuple[str, str], int]:
        """(remote, outcome) -> how many of the kept checks."""
        return {(row["remote"], row["outcome"]): row["number"] for row in self._rows("count_checks")}

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


def _enqueue(connection: sqlite3.Connection, alert: Alert, channels: Iterable[str]) -> None:
    row = {
        "key": _storable(alert.key),
        "kind": alert.kind,
        "remote": alert.remote,
        "title": _storable(alert.title),
        "body": _storable(alert.body_markdown),
        "at": _text_of(alert.at),
    }
    for channel in channels:
        _execute(connection, "add_to_outbox", channel=channel, **row)


def _remote_row(state: RemoteState) -> dict[str, Any]:
    row = {name: _text_of(value) if isinstance(value, datetime) else value for name, value in asdict(state).items()}
    return row | {"drift_changes": json.dumps(state.drift_changes), "reason": _storable(state.reason)}


def _remote_state(row: sqlite3.Row) -> RemoteState:
    values = {field.name: row[field.name] for field in fields(RemoteState)}
    for name in ("checked_at", "attempted_at", "drift_since", "told_at", "failing_since", "outage_told_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return RemoteState(**values | {"drift_changes": tuple(json.loads(values["drift_changes"]))})


def _check_row(observation: Observation, at: datetime, seconds: float) -> dict[str, Any]:
    return {
        "remote": observation.remote,
        "at": _text_of(at),
        "outcome": observation.outcome,
        "fingerprint": observation.fingerprint,
        "differences": len(observation.changes),
        "reason": _storable(observation.reason),
        "seconds": seconds,
    }


def _past_check(row: sqlite3.Row) -> PastCheck:
    values = {field.name: row[field.name] for field in fields(PastCheck)}
    return PastCheck(**values | {"at": datetime.fromisoformat(row["at"])})


def _undelivered(row: sqlite3.Row) -> Undelivered:
    at = datetime.fromisoformat(row["at"])
    alert = Alert(cast(Any, row["kind"]), row["remote"], row["title"], row["body"], at, row["key"])
    next_try_at = datetime.fromisoformat(row["next_try_at"])
    return Undelivered(row["id"], row["channel"], alert, row["attempts"], next_try_at, row["last_reason"])


def _text_of(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _storable(text: str) -> str:
    """SQLite takes no lone surrogates, which undecodable bytes in a message become."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
