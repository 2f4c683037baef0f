"""What the daemon does now and then: the digest, a sign of life for the next start, forgetting what is old."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from driftwatch.core.alert_texts import daemon_back_text
from driftwatch.core.alerts import Alert, RemoteState, alert
from driftwatch.core.digest_text import digest, past_drifts
from driftwatch.core.times import on_the_wall
from driftwatch.daemon.jobs import Timetable, Worker
from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.options import Configured
from driftwatch.daemon.state import SqliteState

_EVERY = 15.0
_FIRST_CHECKS = timedelta(minutes=10)
"""For so long after the start a digest waits for what the checks find."""
_SIGN_EVERY = timedelta(minutes=5)
_PRUNE_EVERY = timedelta(hours=12)


class Housekeeping:
    """Looks now and then whether there is something to do, in a thread of its own."""

    def __init__(
        self,
        configured: Configured,
        state: SqliteState,
        now: Callable[[], datetime],
        stopping: threading.Event,
        remotes: Callable[[], Sequence[RemoteState]],
        alerted: Callable[[Alert], None],
    ) -> None:
        self._configured, self._state, self._now = configured, state, now
        self._stopping, self._remotes, self._alerted = stopping, remotes, alerted
        self._worker = Worker("housekeeping", self._try)
        self._log, self._trouble = get_logger("driftwatch.daemon"), ""
        self._began = now()
        self._signed: datetime | None = None
        self._pruned: datetime | None = None

    def take_up(self, configured: Configured, timetable: Timetable) -> None:
        self._configured = configured
        timetable.every(_EVERY, self._worker.request)
        self._worker.request()

    def join(self, seconds: float) -> None:
        self._worker.join(seconds)

    def _try(self) -> None:
        try:
            self._look()
            self._trouble = ""
        except sqlite3.Error as error:
            # Said once: a disk that is full must not get a line each time.
            if str(error) != self._trouble and not self._stopping.is_set():
                self._log.error("housekeeping failed", reason=str(error))
            self._trouble = str(error)

    def _look(self) -> None:
        now = self._now()
        if self._signed is None:
            self._say_if_it_was_down(now)
        self._digest(now)
        if self._stopping.is_set():
            return
        if self._signed is None or not timedelta() <= now - self._signed < _SIGN_EVERY:
            self._state.set_fact("alive_at", now.isoformat())
            self._signed = now
        if self._pruned is None or not timedelta() <= now - self._pruned < _PRUNE_EVERY:
            self._state.prune(now)
            self._pruned = now

    def _say_if_it_was_down(self, now: datetime) -> None:
        last, after = self._state.fact("alive_at"), self._configured.options.down_after
        if last is None or after is None or now - datetime.fromisoformat(last) < after:
            return
        told = alert("daemon_back", "", daemon_back_text(datetime.fromisoformat(last), now), now)
        # With the sign of life: a restart in a moment must not tell it again.
        self._tell(told, now, alive_at=now.isoformat())

    def _digest(self, now: datetime) -> None:
        """Sends it when its time was since the last one, which also makes up for a daemon that was down."""
        regular = self._configured.options.digest
        if regular is None:
            return
        due, last = regular.last(on_the_wall(now)).astimezone(UTC), self._state.fact("digest_at")
        since = datetime.fromisoformat(last) if last else None
        if since is None or since > now:
            self._state.set_fact("digest_at", now.isoformat())
        elif since < due and self._is_checked(now):
            past = past_drifts(self._state.alerts_since(since))
            self._tell(digest(self._remotes(), past, now), now, digest_at=now.isoformat())

    def _is_checked(self, now: datetime) -> bool:
        """Whether every remote was looked at since the start: what was known before may be days old."""
        waited = not timedelta() <= now - self._began < _FIRST_CHECKS
        return waited or all(one.attempted_at and one.attempted_at >= self._began for one in self._remotes())

    def _tell(self, told: Alert, now: datetime, **facts: str) -> None:
        options, routes = self._configured.options, self._configured.notifier.routes
        quiet = options.quiet.until(on_the_wall(now)) if options.quiet else None
        self._state.enqueue(told, routes(told), not_before=quiet and quiet.astimezone(UTC), **facts)
        self._alerted(told)
