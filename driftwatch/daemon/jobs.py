"""Work at regular times, each piece in a thread of its own: the only place that knows `schedule`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from time import monotonic

import schedule

from driftwatch.daemon.logging import get_logger

_DAY = 25 * 3600.0
"""Seconds; the longest one."""
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
            self._since = monotonic()
            # A daemon thread: one that hangs must not keep the process from ending.
            thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            thread.start()
            self._thread = thread  # not before: where there are too many threads, it does not run
            return True

    def running_for(self) -> float:
        """Seconds since the work under way began, 0 if there is none."""
        with self._lock:
            return 0.0 if self._thread is None else monotonic() - self._since

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
                self._since = monotonic()


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
        self._soon: dict[str, tuple[float, Callable[[], object]]] = {}
        self._lock = threading.Lock()

    def every(self, seconds: float, call: Callable[[], object], *, jitter: float = 0.0) -> None:
        """The first call comes after one interval (at least a second), each up to `jitter` seconds later."""
        shortest = max(1, round(seconds))
        longest = shortest + round(jitter)
        self._add(self._scheduler.every(shortest).to(longest).seconds, longest, call)

    def daily(self, at: time, call: Callable[[], object]) -> None:
        """At that time of day, as the clocks here show it."""
        self._add(self._scheduler.every().day.at(f"{at:%H:%M}"), _DAY, call)

    def soon(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        """Once, after so many seconds; asked for again under the same name, the earlier one counts. From any thread."""
        due = monotonic() + seconds
        with self._lock:
            if name not in self._soon or due < self._soon[name][0]:
                self._soon[name] = (due, call)

    def clear(self) -> None:
        self._scheduler.clear()
        self._entries.clear()
        with self._lock:
            self._soon.clear()

    def tick(self) -> None:
        self._scheduler.run_pending()
        for entry in self._entries:
            if monotonic() - entry.begun > entry.seconds + _LATE:
                entry.job.run()  # type: ignore[no-untyped-call]
        with self._lock:
            due = [name for name, (at, _) in self._soon.items() if at <= monotonic()]
            calls = [self._soon.pop(name)[1] for name in due]
        for call in calls:
            _safely(call)

    def _add(self, job: schedule.Job, longest: float, call: Callable[[], object]) -> None:
        entry: _Entry

        def run() -> None:
            entry.begun = monotonic()
            _safely(call)

        entry = _Entry(job.do(run), longest, monotonic())
        self._entries.append(entry)


def _safely(call: Callable[[], object]) -> None:
    try:
        call()
    except Exception:  # noqa: BLE001 - `schedule` would drop the job for good
        get_logger("driftwatch.daemon").exception("job could not be started")
