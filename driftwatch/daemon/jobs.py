"""Work at regular times, each piece in a thread of its own: the only place that knows `schedule`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import schedule

from driftwatch.daemon.logging import get_logger

_LATE = 5.0
"""Seconds beyond its interval after which a job is run although the wall clock says otherwise."""


class Worker:
    """Runs one piece of work in a thread of its own, never twice at once; what it raises is logged.

    again: a request while it runs makes it run once more afterwards, else the request is dropped.
    """

    def __init__(self, name: str, work: Callable[[], None], *, again: bool = False) -> None:
        self.name = name
        self._work, self._again = work, again
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = False
        self._since = 0.0

    def request(self) -> bool:
        """Starts the work; False if it is still under way."""
        with self._lock:
            if self._thread is not None:
                self._wanted = self._again
                return False
            self._since = time.monotonic()
            # A daemon thread: one that hangs must not keep the process from ending.
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()
            return True

    def running_for(self) -> float:
        """Seconds since the work under way began, 0 if there is none."""
        with self._lock:
            return 0.0 if self._thread is None else time.monotonic() - self._since

    def join(self, seconds: float) -> None:
        thread = self._thread
        if thread is not None:
            thread.join(max(0.0, seconds))

    def _run(self) -> None:
        while True:
            try:
                self._work()
            except Exception:  # noqa: BLE001 - a failure of one run must not end the later ones
                get_logger("driftwatch.daemon").exception("job failed", job=self.name)
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                self._wanted = False
                self._since = time.monotonic()


@dataclass(slots=True)
class _Entry:
    job: schedule.Job
    seconds: float
    begun: float


class Timetable:
    """Calls functions at regular times from whoever calls `tick`; they must return at once.

    `schedule` goes by the wall clock, so it makes up for a night's sleep; the monotonic clock is the
    second opinion for when the wall clock was set back, at the end of summer time among others.
    """

    def __init__(self) -> None:
        self._scheduler = schedule.Scheduler()
        self._entries: list[_Entry] = []

    def every(self, seconds: float, call: Callable[[], object]) -> None:
        """The first call comes after one interval (at least a second)."""
        seconds = max(1.0, seconds)
        entry: _Entry

        def run() -> None:
            entry.begun = time.monotonic()
            try:
                call()
            except Exception:  # noqa: BLE001 - `schedule` would drop the job for good
                get_logger("driftwatch.daemon").exception("job could not be started")

        job = self._scheduler.every(round(seconds)).seconds.do(run)
        entry = _Entry(job, seconds, time.monotonic())
        self._entries.append(entry)

    def clear(self) -> None:
        self._scheduler.clear()
        self._entries.clear()

    def tick(self) -> None:
        self._scheduler.run_pending()
        for entry in self._entries:
            if time.monotonic() - entry.begun > entry.seconds + _LATE:
                entry.job.run()  # type: ignore[no-untyped-call]
