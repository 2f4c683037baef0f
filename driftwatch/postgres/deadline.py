"""A limit in time for what is asked of a server, whatever has become of it."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator

import psycopg

from driftwatch.errors import Unreachable
from driftwatch.postgres.connect import Connection

_CANCEL_SECONDS = 5.0


@contextlib.contextmanager
def ends_within(conn: Connection, seconds: float, what: str) -> Iterator[None]:
    """Cuts the session when the block lasts longer. Raises Unreachable then.

    Nothing is set on the server: behind a pooler that would stay with somebody else's session.
    """
    cut = threading.Event()

    def cut_off() -> None:
        cut.set()
        _cut(conn)

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if not cut.is_set():
            raise
        raise Unreachable(
            f"{what} did not answer within {seconds:g} s.", untouched="This says nothing about drift."
        ) from error
    finally:
        timer.cancel()


def _cut(conn: Connection) -> None:
    """Asks the server to stop; then ends the connection, for a server that is gone hears nothing."""
    with contextlib.suppress(psycopg.Error, OSError):
        conn.cancel_safe(timeout=_CANCEL_SECONDS)
    with contextlib.suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(conn.fileno())) as link:
        link.shutdown(socket.SHUT_RDWR)
