"""Says whom a session waits for, while it waits: afterwards nobody knows."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, cast

import psycopg

from driftwatch.core.text import clean
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query

_EVERY = 0.5
_WORDS = 4
_NOT_VISIBLE = "<insufficient privilege>"


class Blockers:
    """Looks from a session of its own while the block runs; opened only once something takes long.

    pid: the session that may have to wait. tell: called with a sentence once for each that is waited for. last: the
    last sentence, "" where nobody was waited for.
    """

    def __init__(self, pid: int, another: Callable[[], Connection], tell: Callable[[str], None]) -> None:
        self.last = ""
        self._pid, self._another, self._tell = pid, another, tell
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="blockers", daemon=True)

    def __enter__(self) -> Blockers:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        # Only an explanation: that it can't be had must not end the push.
        with contextlib.suppress(psycopg.Error, DriftwatchError):
            if self._ended.wait(_EVERY):
                return
            with contextlib.closing(self._another()) as conn:
                while not self._ended.wait(_EVERY):
                    self._look(conn)

    def _look(self, conn: Connection) -> None:
        rows = conn.execute(cast(Any, query("blockers")), (self._pid,)).fetchall()
        sentence = "; ".join(_in_words(*row) for row in rows)
        if sentence and sentence != self.last:
            self.last = sentence
            self._tell(f"waits for {sentence}")


def _in_words(pid: int, application: str, user: str, state: str, since: str | None, text: str | None) -> str:
    who = ", ".join(filter(None, (application, user, f"{state} since {since}" if since else state)))
    return f"process {pid} ({clean(who)}){_beginning(text or '')}"


def _beginning(text: str) -> str:
    """The first words of a statement: what it is, and nothing that stands in quotes."""
    if not text or text == _NOT_VISIBLE:
        return ""
    words = re.split(r"['$\"]", text, maxsplit=1)[0].split()
    return f": {clean(' '.join(words[:_WORDS]))} …" if words else ""
