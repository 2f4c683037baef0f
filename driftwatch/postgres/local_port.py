"""Ports of 127.0.0.1: which are free, and who has one that is not."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.connect import Connection, connect, looks_like_supabase, translated

HOST = "127.0.0.1"
_STEP = 1000
_SECONDS = 2


def url_at(port: int) -> str:
    """The URL that tools expect of a local database. Its password is no secret: every local database has it."""
    return f"postgresql://postgres:postgres@{HOST}:{port}/postgres"


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Postgres does
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def candidates(wanted: int) -> Iterator[int]:
    """The wanted port, then others that are free, far from those that a Supabase stack takes."""
    yield wanted
    yield from (port for port in range(wanted + _STEP, min(wanted + 20 * _STEP, 65536), _STEP) if is_free(port))


def who_has(port: int) -> str:
    """Who listens there, in words: found out by asking, as `postgres` with the usual password."""
    try:
        with session(port) as conn:
            if is_driftwatch(conn):
                return "another project's local database (driftwatch)"
            return "a Supabase stack" if looks_like_supabase(conn) else "another Postgres"
    except DriftwatchError as error:
        asked = "authentication failed" in error.message or "FATAL" in error.message
        return "another Postgres" if asked else "another program"


def stack_at(port: int) -> bool:
    """Whether a Supabase stack's database answers there, and none of ours. Quick where nobody listens."""
    try:
        with session(port) as conn:
            return looks_like_supabase(conn) and not is_driftwatch(conn)
    except DriftwatchError:
        return False


@contextlib.contextmanager
def session(port: int) -> Iterator[Connection]:
    """A session as `postgres` with the usual password. Raises Unreachable."""
    given = {"host": HOST, "port": str(port), "user": "postgres", "password": "postgres", "dbname": "postgres"}
    with contextlib.closing(connect({**given, "connect_timeout": str(_SECONDS)}, what=f"port {port}")) as conn:
        yield conn


def is_driftwatch(conn: Connection) -> bool:
    """Whether the server is one of our embedded ones."""
    with translated("Could not look at the database"):
        row = conn.execute("SELECT to_regnamespace('driftwatch_guard') IS NOT NULL").fetchone()
    return bool(row and row[0])
