"""Hears of changes on remotes as they are made, where there is an audit that tells; elsewhere nothing is lost by it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Protocol

from driftwatch.daemon.logging import get_logger
from driftwatch.errors import DriftwatchError

_PATIENCE = 1.0
"""Seconds until an end is noticed."""
_QUIET = 0.3
_LONGEST_WAIT = 3.0
"""Seconds without another change before a check is asked for, and after which it is asked for all the same."""
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 600.0
"""Seconds until a session is tried again, doubled each time; where there is no audit, the longest at once."""


class Hears(Protocol):
    """A session that hears of changes on one remote."""

    def wait(self, seconds: float) -> bool:
        """Whether something changed, at the latest after so many seconds. Raises DriftwatchError when it is lost."""

    def close(self) -> None:
        """May be called twice."""


Hear = Callable[[str], Hears | None]
"""Opens a session on a remote, None where nobody tells of changes. Raises DriftwatchError where it can't."""


class Listeners:
    """A thread for each remote. request: asks for a check; False while one is under way."""

    def __init__(self, request: Callable[[str], bool]) -> None:
        self._request = request
        self._ending = threading.Event()

    def take_up(self, remotes: Iterable[str], hear: Hear | None) -> None:
        """Listens to these from now on, and no more to those from before."""
        self.end()
        self._ending = ending = threading.Event()
        if hear is None:
            return
        for name in remotes:
            listener = _Listener(name, hear, self._request, ending)
            # A daemon thread: one that waits for a server must not keep the process from ending.
            threading.Thread(target=listener.run, name=f"listen-{name}", daemon=True).start()

    def end(self) -> None:
        """The sessions are closed within a second; nobody has to wait for that."""
        self._ending.set()


class _Listener:
    def __init__(self, remote: str, hear: Hear, request: Callable[[str], bool], ending: threading.Event) -> None:
        self._remote, self._hear, self._request, self._ending = remote, hear, request, ending
        self._log = get_logger("driftwatch.daemon").bind(remote=remote)
        self._pause = _FIRST_PAUSE
        self._complaint = ""

    def run(self) -> None:
        again = False
        while not self._ending.is_set():
            try:
                session = self._hear(self._remote)
                if session is not None:
                    with closing(session):
                        self._listen(session, again)
                again, pause = session is not None, _LONGEST_PAUSE
            except Exception as error:  # noqa: BLE001 - whatever it is, the remote is still checked at its times
                self._complain(error)
                again, pause = True, self._pause
                self._pause = min(_LONGEST_PAUSE, 2 * pause)
            self._ending.wait(pause)

    def _listen(self, session: Hears, again: bool) -> None:
        self._pause, self._complaint = _FIRST_PAUSE, ""
        self._log.info("hears of changes at once")
        if again:  # what happened while nobody listened
            self._ask()
        while not self._ending.is_set():
            if session.wait(_PATIENCE):
                self._settle(session)
                self._ask()

    def _settle(self, session: Hears) -> None:
        deadline = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < deadline and not self._ending.is_set() and session.wait(_QUIET):
            pass

    def _ask(self) -> None:
        """A check that is under way may have read before the change, so that another one is needed."""
        while not self._ending.is_set() and not self._request(self._remote):
            self._ending.wait(_QUIET)

    def _complain(self, error: Exception) -> None:
        words = error.message if isinstance(error, DriftwatchError) else f"{type(error).__name__}: {error}"
        if words != self._complaint:
            self._complaint = words
            self._log.warning("does not hear of changes; checked at its regular times", reason=words)
