"""The lock that two pushes to one database meet at, and whether a session can hold it at all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import psycopg

from driftwatch.core.push_target import is_transaction_pooler
from driftwatch.core.text import clean
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query

LOCK_KEY = 0x6472696674776174
"""The advisory lock: "driftwat" in ASCII."""
_POLL = 0.5


def refuse_transaction_pooler(conn: Connection, name: str, another: Callable[[], Connection]) -> None:
    """Raises DriftwatchError where the session is not this client's alone, so that it can hold no lock.

    A pooler that lends a server's session for one transaction at a time gives it to the second client while the
    first one is idle, or gives the first one another when the second keeps it. another: opens a second session.
    """
    if not is_transaction_pooler(conn.info.host, str(conn.info.port)):
        with translated(f"Could not look at the session on {name}"), contextlib.closing(another()) as second:
            first = _backend(conn)
            with second.transaction():
                if first != _backend(second) and first == _backend(conn):
                    return
    raise DriftwatchError(
        f"{name} is reached through a transaction pooler, whose sessions can't keep a lock, a role or a lock_timeout.",
        untouched=f"{name} was not changed.",
        next_step="Use the session pooler (Supabase: the same URL with port 5432) or the direct connection to push.",
    )


@contextlib.contextmanager
def only_push(
    conn: Connection, name: str, patience: float, tell: Callable[[str], None]
) -> Iterator[Callable[[], None]]:
    """Holds the lock while the block runs; it ends with the session, however that ends.

    Waits for at most `patience` seconds for somebody else's push, and says so. Gives a function that raises
    DriftwatchError where the lock was lost. Asks again and again instead of queueing in the server: who queues holds
    a snapshot, and CREATE INDEX CONCURRENTLY of the other push would wait for that.
    """
    deadline = time.monotonic() + patience
    told = False
    while not _asked(conn, name, "SELECT pg_try_advisory_lock(%s)"):
        who = _holder(conn)
        if time.monotonic() >= deadline:
            raise DriftwatchError(
                f"Another push to {name} is under way{who}.",
                untouched=f"{name} was not changed by this one.",
                next_step="Wait for it, then: driftwatch status",
            )
        if not told:
            tell(f"Another push to {name} is under way{who}: waiting for up to {patience:g} s")
            told = True
        time.sleep(_POLL)

    def still_held() -> None:
        if not _asked(conn, name, query("lock_is_held")):
            raise DriftwatchError(f"The lock on {name} was lost: something released it, or the session is another.")

    try:
        still_held()
        yield still_held
    finally:
        with contextlib.suppress(psycopg.Error):  # then the session is over, and the lock with it
            conn.execute("SELECT pg_advisory_unlock(%s)", (LOCK_KEY,))


def becomes_free(conn: Connection, patience: float) -> bool:
    """Whether nobody holds the lock, now or soon: the server may notice only then that a session was cut."""
    deadline = time.monotonic() + patience
    while _holder(conn):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL)
    return True


def under_way(conn: Connection) -> str:
    """Who pushes to this database just now, "" for nobody."""
    return _holder(conn).strip(" ()")


def _asked(conn: Connection, name: str, text: str) -> bool:
    with translated(f"Could not ask {name} for the lock"):
        row = conn.execute(cast(Any, text), (LOCK_KEY,)).fetchone()
    return bool(row and row[0])


def _holder(conn: Connection) -> str:
    with translated("Could not ask who pushes"):
        row = conn.execute(cast(Any, query("lock_holder")), (LOCK_KEY,)).fetchone()
    if row is None:
        return ""
    pid, application, since = row
    return f" (process {pid}, {clean(application or 'unnamed')}{f', since {since}' if since else ''})"


def _backend(conn: Connection) -> int:
    row = conn.execute("SELECT pg_backend_pid()").fetchone()
    return int(row[0]) if row else 0
