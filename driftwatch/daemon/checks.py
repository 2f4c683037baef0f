"""Checks remotes, writes down what was seen, and decides which alerts go into the outbox."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from driftwatch.core.alerts import Alert, Decision, Observation, RemoteState, decide
from driftwatch.core.times import on_the_wall
from driftwatch.daemon.jobs import Timetable, Worker
from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.options import Configured, DaemonOptions
from driftwatch.daemon.state import SqliteState
from driftwatch.errors import DriftwatchError, redact


class Checks:
    """One worker per remote, so that a slow one holds up no other and none overlaps itself.

    alerted: called with each new alert in the outbox. counted: (remote, outcome) -> checks.
    """

    def __init__(
        self,
        configured: Configured,
        state: SqliteState,
        now: Callable[[], datetime],
        stopping: threading.Event,
        alerted: Callable[[Alert], None],
    ) -> None:
        self._configured, self._state, self._now = configured, state, now
        self._stopping, self._alerted = stopping, alerted
        self._log = get_logger("driftwatch.daemon")
        self.counted: Counter[tuple[str, str]] = Counter()
        self._workers: dict[str, Worker] = {}
        self._unexplained: dict[str, Observation] = {}
        self._explainer = Worker("explain", self._explain, again=True)
        self._timetable = Timetable()
        self._trouble = ""

    def take_up(self, configured: Configured, timetable: Timetable) -> None:
        """Puts what this configuration wants into the timetable, and does it for the first time."""
        self._configured, self._timetable, remotes = configured, timetable, configured.options.remotes
        self._workers = {
            name: self._workers.get(name) or Worker(f"check-{name}", partial(self._check, name)) for name in remotes
        }
        for name, schedule in remotes.items():
            for at in schedule.at:
                timetable.daily(at, partial(self.request, name))
            if not schedule.at:
                timetable.every(self._interval(schedule.every), partial(self.request, name), jitter=schedule.jitter)
            self.request(name)

    def _interval(self, every: float) -> float:
        """Shorter by what second looks take, so that a drift is told within `every`."""
        options = self._configured.options
        return max(every / 2, every - options.recheck * (options.policy.confirmations - 1))

    def changed(self, remote: str) -> bool:
        """Begins a check because the remote changed just now; False while one is under way, which may be too early."""
        worker = self._workers.get(remote)
        return worker is None or worker.request()  # None: it is not configured any more

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
        return [f"the check of {name} does not come to an end" for name in stuck] + [self._trouble]

    def join(self, deadline: float) -> None:
        """Waits for work under way until that moment of the monotonic clock."""
        for worker in (*self._workers.values(), self._explainer):
            worker.join(deadline - time.monotonic())

    def remotes(self) -> list[RemoteState]:
        """How the configured remotes stand, in their order; raises sqlite3.Error."""
        known = {state.remote: state for state in self._state.remotes()}
        return [known.get(name) or RemoteState(name) for name in self._configured.options.remotes]

    def _check(self, remote: str) -> None:
        began, configured = time.monotonic(), self._configured
        seen = self._look(configured, remote)
        while configured is not self._configured and remote in self._configured.options.remotes:
            # It was replaced meanwhile, and the name may be another database's since.
            configured = self._configured
            seen = self._look(configured, remote)
        decision = self._record(seen, time.monotonic() - began)
        if seen.explain is not None and decision is not None and not decision.again:
            # Once it is told, and beside the checks: the next change is to be seen at once too.
            self._unexplained[remote] = seen
            self._explainer.request()

    def _look(self, configured: Configured, remote: str) -> Observation:
        try:
            seen = configured.check(remote)
            if seen.remote != remote:
                raise ValueError(f"the check of {remote} answered for {seen.remote}")
        except Exception as error:  # noqa: BLE001 - any failure means the same: it could not be checked
            if not isinstance(error, DriftwatchError):
                self._log.exception("check failed", remote=remote)
            return Observation(remote, "unreachable", reason=str(error) or type(error).__name__)
        return seen

    def _explain(self) -> None:
        while self._unexplained and not self._stopping.is_set():
            remote, seen = self._unexplained.popitem()
            try:
                details = seen.explain() if seen.explain else ""
                if not self._stopping.is_set():
                    self._state.explain(seen, details)
            except Exception as error:  # noqa: BLE001 - what differs is told and shown; where it comes from is not, then
                self._log.warning("drift not explained", remote=remote, reason=str(error) or type(error).__name__)

    def _record(self, seen: Observation, seconds: float) -> Decision | None:
        """Gives what was decided, None where nothing was written down."""
        configured = self._configured
        if self._stopping.is_set() or seen.remote not in configured.options.remotes:
            return None
        seen, at = replace(seen, reason=redact(seen.reason)), self._now()
        log = self._log.bind(remote=seen.remote, **({"reason": seen.reason} if seen.reason else {}))
        try:
            decision = self._state.observe(
                seen,
                at,
                seconds,
                lambda previous: decide(previous, seen, at, configured.options.policy),
                configured.notifier.routes,
                partial(self._not_before, configured.options, at),
            )
        except sqlite3.Error as error:
            # Nothing was kept, so the next check decides the same once more: nothing is lost.
            self._trouble = f"the state cannot be written: {error}"
            log.error("check not written down", error=str(error))
            return None
        self._trouble = ""
        self.counted[seen.remote, seen.outcome] += 1
        log.info("checked", outcome=seen.outcome, differences=len(seen.changes), seconds=round(seconds, 1))
        self._follow(decision, log.warning)
        return decision

    def _follow(self, decision: Decision, warn: Callable[..., object]) -> None:
        remote, options = decision.state.remote, self._configured.options
        if decision.again and remote in options.remotes:
            self._timetable.soon(remote, options.recheck, partial(self.request, remote))
        for alert in decision.alerts:
            warn("alert", alert=alert.kind, title=alert.title)
            self._alerted(alert)

    def _not_before(self, options: DaemonOptions, at: datetime, alert: Alert) -> datetime:
        """When it may be sent: after the quiet hours, and once others can't say the same any more."""
        quiet = options.remotes[alert.remotes[0]].quiet or options.quiet
        over = quiet.until(on_the_wall(at)) if quiet and not alert.critical else None
        awaited = any(worker.running_for() > 0 for name, worker in self._workers.items() if name not in alert.remotes)
        others = at + timedelta(seconds=options.gather) if alert.said and awaited else at
        return max(over.astimezone(UTC), others) if over else others
