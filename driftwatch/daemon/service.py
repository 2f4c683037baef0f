"""The watcher of one project: proves edits of the migrations folder, checks remotes, sends alerts.

What a proof or a check is, the caller says with two functions. Everything slow runs in threads of its
own, so the main thread only ever looks at the clock and at signals, and can end at any time.
"""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType

from driftwatch import desktop
from driftwatch.core.alerts import Alert, Observation
from driftwatch.core.page import Proof
from driftwatch.daemon import memory
from driftwatch.daemon.checks import Checks
from driftwatch.daemon.housekeeping import Housekeeping
from driftwatch.daemon.jobs import Timetable, Worker
from driftwatch.daemon.listen import Hear, Listeners
from driftwatch.daemon.lock import only_instance
from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.metrics import Status
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome
from driftwatch.daemon.outbox import Outbox
from driftwatch.daemon.page import Page
from driftwatch.daemon.state import SqliteState
from driftwatch.daemon.systemd import ServiceManager
from driftwatch.daemon.watch import FolderWatch, folder_key
from driftwatch.daemon.web import WebServer
from driftwatch.errors import INTERRUPTED, OK, DriftwatchError, redact
from driftwatch.notify import Notifier

_TICK = 0.25
"""Seconds; also how soon a signal is noticed."""
_TICK_IS_DEAD = 30.0
_GIVE_BACK = 300.0
"""Seconds between two times that unused memory is given back."""
_GRACE = 3.0
"""Seconds that work under way gets to end by itself when the service ends."""


__all__ = ["Configured", "DaemonOptions", "ProofOutcome", "run"]


def run(
    options: DaemonOptions,
    *,
    prove: Callable[[], ProofOutcome],
    check: Callable[[str], Observation],
    notifier: Notifier,
    state_path: Path,
    content_key: Callable[[], str] | None = None,
    hear: Hear | None = None,
    reload: Callable[[], Configured] | None = None,
    lock_path: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    stopping: threading.Event | None = None,
    manager: ServiceManager | None = None,
) -> int:
    """Runs until SIGTERM (gives 0), SIGINT (gives 130), or until `stopping` is set; ends within 5 seconds.

    prove and check are called in threads; what they raise is logged, and a check that raises is one that
    could not be done. reload is called at SIGHUP; when it raises, the old configuration stays.
    `stopping` is set before the end, so that they can give up early; a thread that does not is abandoned.

    Raises DriftwatchError when another daemon watches this project, or when the state or the port
    cannot be had.
    """
    memory.use_one_heap()
    manager = manager or ServiceManager.from_environment()
    configured = Configured(options, prove, check, notifier, content_key, hear)
    # Signals first: who finds the lock held may send one at once.
    with _signals() as received, only_instance(lock_path or state_path.with_suffix(".lock")):
        state = SqliteState(state_path)
        service = _Service(configured, state, now, stopping or threading.Event(), manager)
        try:
            service.start()
            while not service.stopping.wait(_TICK) and not received & {signal.SIGTERM, signal.SIGINT}:
                if signal.SIGHUP in received:
                    received.discard(signal.SIGHUP)
                    service.reload(reload)
                service.tick()
        finally:
            service.stop()
        return INTERRUPTED if signal.SIGINT in received else OK


class _Service:
    def __init__(
        self,
        configured: Configured,
        state: SqliteState,
        now: Callable[[], datetime],
        stopping: threading.Event,
        manager: ServiceManager,
    ) -> None:
        self.stopping = stopping
        self._configured, self._state, self._now, self._manager = configured, state, now, manager
        self._log = get_logger("driftwatch.daemon")
        options = configured.options
        self._outbox = Outbox(
            state,
            configured.notifier,
            now,
            stopping,
            options,
        )
        self._prover = Worker("prove", self._prove, again=True)
        self._checks = Checks(configured, state, now, stopping, self._alerted)
        self._house = Housekeeping(configured, state, now, stopping, self._checks.remotes, self._alerted)
        self._listeners = Listeners(self._checks.changed)
        self._timetable = Timetable()
        self._watch: FolderWatch | None = None
        self._web: WebServer | None = None
        self._page = Page(state, now, lambda: self._configured)
        self._proof: Proof | None = None
        self._damaged: Path | None = None
        self._began = now()
        self._ticked = self._told_alive = time.monotonic()

    def start(self) -> None:
        options = self._configured.options
        self._say_damage()
        self._web = self._serve(options)
        self._outbox.start()
        self._take_up()
        self._manager.ready(self._summary())
        self._log.info("daemon started", folder=str(options.folder), remotes=sorted(options.remotes))

    def tick(self) -> None:
        """What the main thread does several times a second; never waits."""
        self._ticked = time.monotonic()
        self._timetable.tick()
        self._say_damage()
        if self._watch is None or not self._watch.alive():
            self._log.error("the watch of the folder has ended; begun anew")
            self._start_watch()
            self._prover.request()
        interval = self._manager.watchdog_seconds
        if interval and self._outbox.alive() and self._ticked - self._told_alive >= min(interval / 3, 10):
            self._told_alive = self._ticked
            self._manager.alive()

    def reload(self, load: Callable[[], Configured] | None) -> None:
        """Takes up a new configuration; keeps the old one when there is anything wrong with the new."""
        self._manager.reloading()
        try:
            if load is not None:
                self._replace(load())
                self._log.info("configuration reloaded", remotes=sorted(self._configured.options.remotes))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the new one, the old one works
            self._log.error("the old configuration stays", reason=_words(error))
        self._manager.ready(self._summary())

    def stop(self) -> None:
        """Ends everything; work that does not end by itself within the grace is abandoned."""
        deadline = time.monotonic() + _GRACE
        self._manager.stopping()
        self.stopping.set()
        self._listeners.end()
        self._outbox.wake()
        if self._watch is not None:
            self._watch.stop()
        if self._web is not None:
            self._web.stop()
        self._prover.join(deadline - time.monotonic())
        self._checks.join(deadline)
        self._house.join(deadline - time.monotonic())
        if self._outbox.alive():
            self._outbox.join(deadline - time.monotonic())
        self._state.close()
        self._log.info("daemon stopped")

    def status(self) -> Status:
        """Tells the truth also when the main thread hangs: it is asked by the web server's threads."""
        try:
            remotes, waiting, trouble = self._checks.remotes(), self._state.undelivered(), []
        except sqlite3.Error as error:
            remotes, waiting, trouble = [], {}, [f"the state cannot be read: {error}"]
        return Status(
            self._began,
            tuple(trouble + self._problems()),
            remotes,
            self._checks.counted.copy(),
            self._outbox.counted.copy(),
            waiting,
            self._proof,
        )

    def page(self, path: str) -> str | None:
        """The HTML of a path, None where there is none."""
        return self._page.html(path, self.status())

    def _problems(self) -> list[str]:
        problems = [self._watch.problem() if self._watch else "the folder is not watched"]
        if not self._outbox.alive():
            problems.append("alerts are not sent any more")
        if time.monotonic() - self._ticked > _TICK_IS_DEAD:
            problems.append("nothing is scheduled any more")
        if self._prover.running_for() > self._configured.options.work_limit:
            problems.append("the proof of the migrations does not come to an end")
        problems += [*self._checks.problems(), self._outbox.trouble]
        return [problem for problem in problems if problem]

    def _take_up(self) -> None:
        """Starts what the present configuration wants: the watch, the timetable, the first checks."""
        options, notifier = self._configured.options, self._configured.notifier
        self._forget_others()
        for channel in notifier.problems():
            self._log.error("channel cannot work", channel=channel.channel, reason=channel.reason)
        self._start_watch()
        self._prover.request()
        self._timetable.clear()
        self._checks.take_up(self._configured, self._timetable)
        self._house.take_up(self._configured, self._timetable)
        self._timetable.every(_GIVE_BACK, memory.give_back)
        self._listeners.take_up(options.remotes, self._configured.hear)

    def _forget_others(self) -> None:
        options, notifier = self._configured.options, self._configured.notifier
        try:
            dropped = self._state.keep_only(remotes=options.remotes.keys(), channels=notifier.names)
        except sqlite3.Error as error:  # the next start does it; neither this one nor a reload may fail half-way
            self._log.error("what is not configured any more could not be forgotten", reason=str(error))
            return
        if dropped:
            self._log.warning("alerts for channels that are not configured any more dropped", number=dropped)

    def _say_damage(self) -> None:
        """Once for each file that was moved aside: what waited in it is sent no more."""
        if self._state.moved_aside != self._damaged:
            self._damaged = self._state.moved_aside
            self._log.error("the state was damaged; begun anew", moved_to=str(self._damaged))

    def _replace(self, new: Configured) -> None:
        old, options = self._configured.options, new.options
        if (options.web_bind, options.web_port) != (old.web_bind, old.web_port):
            # First, because only this can fail.
            web = self._serve(options)
            if self._web is not None:
                self._web.stop()
            self._web = web
        elif self._web is not None:
            self._web.token = options.web_token
        self._configured = new
        self._outbox.notifier, self._outbox.options = new.notifier, new.options
        self._take_up()
        self._outbox.wake()

    def _serve(self, options: DaemonOptions) -> WebServer | None:
        return WebServer(self, options.web_port, options.web_bind, options.web_token) if options.web_port else None

    def _start_watch(self) -> None:
        options = self._configured.options
        if self._watch is not None:
            self._watch.stop()
        self._watch = FolderWatch(
            options.folder,
            on_change=self._changed,
            content_key=self._configured.content_key or partial(folder_key, options.folder),
            quiet=options.settle,
            polling=options.polling,
            report=lambda line: self._log.warning(line),
        )
        self._watch.start()

    def _alerted(self, alert: Alert) -> None:
        self._outbox.wake()
        self._show(alert.title)

    def _show(self, title: str, text: str = "") -> None:
        """On the desktop, where that is asked for. Called in threads that may wait a moment."""
        if self._configured.options.desktop and (reason := desktop.show(title, text)):
            self._log.warning("no notice on the desktop", reason=reason)

    def _changed(self) -> None:
        self._prover.request()

    def _prove(self) -> None:
        began, before = time.monotonic(), self._proof
        try:
            outcome = self._configured.prove()
        except Exception as error:
            self._proof = Proof(None, _words(error), self._now())
            if not isinstance(error, DriftwatchError):
                raise
            self._log.warning("migrations could not be proved", reason=error.message)
            return
        self._proof = Proof(outcome.ok, redact(outcome.message), self._now())
        say = self._log.info if outcome.ok else self._log.warning
        say(
            "migrations proved" if outcome.ok else "migrations do not prove",
            message=outcome.message,
            from_receipt=outcome.from_receipt,
            **({"notes": list(outcome.notes)} if outcome.notes else {}),
            seconds=round(time.monotonic() - began, 1),
        )
        if not outcome.ok:
            self._show("The migrations do not prove", outcome.message)
        elif before is not None and before.ok is False:
            self._show("The migrations prove again", outcome.message)

    def _summary(self) -> str:
        options = self._configured.options
        return f"Watching {options.folder}; remotes: {', '.join(options.remotes) or 'none'}"


def _words(error: Exception) -> str:
    return redact(str(error)) or type(error).__name__


@contextmanager
def _signals() -> Iterator[set[int]]:
    """The signals that came so far. Handlers only note them: they run in the middle of anything."""
    received: set[int] = set()

    def note(number: int, _frame: FrameType | None) -> None:
        received.add(number)

    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    wanted = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in wanted}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
