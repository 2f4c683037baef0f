"""Checks remotes, writes down what was seen, and decides which alerts go into the outbox."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from driftwatch.core.alerts import Observation, RemoteState, decide, digest
from driftwatch.daemon.jobs import Timetable, Worker
from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.options import Configured
from driftwatch.daemon.state import SqliteState
from driftwatch.errors import DriftwatchError, redact

_HOUR = 3600.0


class Checks:
    """One worker per remote, so that a slow one holds up no other and none overlaps itself.

    alerted: called when there is something new in the outbox.
    """

    def __init__(
        self,
        configured: Configured,
        state: SqliteState,
        now: Callable[[], datetime],
        stopping: threading.Event,
        alerted: Callable[[], None],
    ) -> None:
        self._configured, self._state, self._now = configured, state, now
        self._stopping, self._alerted = stopping, alerted
        self._log = get_logger("driftwatch.daemon")
        self._digester = Worker("digest", self._digest)
        self._workers: dict[str, Worker] = {}

    def take_up(self, configured: Configured, timetable: Timetable) -> None:
        """Puts what this configuration wants into the timetable, and does it for the first time."""
        self._configured, options = configured, configured.options
        self._workers = {
            name: self._workers.get(name) or Worker(f"check-{name}", partial(self._check, name))
            for name in options.remotes
        }
        for name, seconds in options.remotes.items():
            timetable.every(seconds, partial(self.request, name))
            self.request(name)
        if options.digest_every is not None:
            timetable.every(min(_HOUR, options.digest_every.total_seconds()), self._digester.request)
            self._digester.request()

    def request(self, remote: str) -> None:
        """Begins a check; one that is under way for too long counts as a failed one."""
        worker, limit = self._workers[remote], self._configured.options.work_limit
        if worker.request() or (seconds := worker.running_for()) <= limit:
            return
        reason = f"the check has not come to an end for {seconds:.0f} seconds"
        self._record(Observation(remote, "unreachable", reason=reason), seconds)

    def problems(self) -> list[str]:
        limit = self._configured.options.work_limit
        stuck = [name for name, worker in self._workers.copy().items() if worker.running_for() > limit]
        return [f"the check of {name} does not come to an end" for name in stuck]

    def join(self, deadline: float) -> None:
        """Waits for work under way until that moment of the monotonic clock."""
        for worker in [self._digester, *self._workers.values()]:
            worker.join(deadline - time.monotonic())

    def remotes(self) -> list[RemoteState]:
        """How the configured remotes stand, in their order; raises sqlite3.Error."""
        known = {state.remote: state for state in self._state.remotes()}
        return [known.get(name) or RemoteState(name) for name in self._configured.options.remotes]

    def _check(self, remote: str) -> None:
        began = time.monotonic()
        try:
            seen = self._configured.check(remote)
            if seen.remote != remote:
                raise ValueError(f"the check of {remote} answered for {seen.remote}")
        except Exception as error:  # noqa: BLE001 - any failure means the same: it could not be checked
            if not isinstance(error, DriftwatchError):
                self._log.exception("check failed", remote=remote)
            reason = str(error) or type(error).__name__
            seen = Observation(remote, "unreachable", reason=reason)
        self._record(seen, time.monotonic() - began)

    def _record(self, seen: Observation, seconds: float) -> None:
        configured = self._configured
        if self._stopping.is_set() or seen.remote not in configured.options.remotes:
            return
        seen, at = replace(seen, reason=redact(seen.reason)), self._now()
        alert = self._state.observe(
            seen,
            at,
            seconds,
            lambda previous: decide(previous, seen, at, configured.options.policy),
            configured.notifier.routes,
        )
        log = self._log.bind(remote=seen.remote, **({"reason": seen.reason} if seen.reason else {}))
        log.info("checked", outcome=seen.outcome, differences=len(seen.changes), seconds=round(seconds, 1))
        if alert is not None:
            log.warning("alert", alert=alert.kind, title=alert.title)
            self._alerted()

    def _digest(self) -> None:
        every, now = self._configured.options.digest_every, self._now()
        last = self._state.fact("digest_at")
        if every is None:
            return
        if last is None or datetime.fromisoformat(last) > now:
            self._state.set_fact("digest_at", now.isoformat())
        elif now - datetime.fromisoformat(last) >= every:
            alert = digest(self.remotes(), now)
            self._state.enqueue(alert, self._configured.notifier.routes(alert), digest_at=now.isoformat())
            self._alerted()
