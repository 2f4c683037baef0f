"""The audit on a remote: records who changes the schema, and tells at once that somebody did."""

from __future__ import annotations

import contextlib
import select
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import psycopg

from driftwatch.core.audit import Recorded
from driftwatch.core.catalog import ObjectId
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query

TABLE = ObjectId("table", "driftwatch_audit.changes")
VERSION = 1
_LOCK_TIMEOUT = "5s"
_SCRIPT = "BEGIN;\nSET LOCAL lock_timeout = '{timeout}';\n\n{text}\nCOMMIT;\n"


@dataclass(frozen=True, slots=True)
class AuditStatus:
    """How the audit of one database stands.

    version: 0 where it is not installed. firing: both event triggers are there and switched on. of_superuser: what
    superusers do is recorded too; on hosted Supabase the platform's own are not. tells: a listener hears of changes at
    once. readable: this login may read the records.
    """

    version: int = 0
    firing: bool = False
    of_superuser: bool = False
    tells: bool = False
    readable: bool = False

    @property
    def works(self) -> bool:
        return self.version > 0 and self.firing


def install_sql() -> str:
    """The script that installs it, or brings an older one up to date."""
    return _SCRIPT.format(timeout=_LOCK_TIMEOUT, text=query("audit_install"))


def remove_sql() -> str:
    """The script that takes it away with all that it recorded."""
    return _SCRIPT.format(timeout=_LOCK_TIMEOUT, text=query("audit_remove"))


def status(conn: Connection) -> AuditStatus:
    """How it stands, which every login may ask."""
    with translated("Could not look at the audit"):
        row = conn.execute(cast(Any, query("audit_status"))).fetchone()
    if row is None:
        return AuditStatus()
    comment, firing, of_superuser, tells, readable = row
    number = comment.partition("(version ")[2].partition(")")[0]
    return AuditStatus(int(number) if number.isdigit() else 1, firing == 2, of_superuser, tells, readable)


def install(conn: Connection, name: str) -> None:
    """Installs it, or brings it up to date. Raises DriftwatchError where this login may make no event triggers."""
    try:
        with translated(f"Could not install the audit on {name}"):
            _run(conn, query("audit_install"))
    except DriftwatchError as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        raise DriftwatchError(
            f"{name} lets this login make no audit: {error.__cause__.diag.message_primary}.",
            details="Event triggers take a superuser, or on hosted Supabase the login postgres.",
            untouched=f"{name} was not changed. The daemon sees drift there at its next regular check.",
            next_step=f"Print the SQL for somebody who may: driftwatch remote audit install {name} --sql",
        ) from error


def remove(conn: Connection, name: str) -> None:
    """Takes it away; all is well where there is none."""
    with translated(f"Could not remove the audit from {name}"):
        _run(conn, query("audit_remove"))


def read(conn: Connection) -> tuple[Recorded, ...]:
    """Who changed what lately, the newest first; nothing where this login may not read it, or it is just removed."""
    with translated("Could not read driftwatch_audit.changes"):
        try:
            rows = conn.execute(cast(Any, query("audit_read"))).fetchall()
        except (
            psycopg.errors.UndefinedTable,
            psycopg.errors.InvalidSchemaName,
            psycopg.errors.InsufficientPrivilege,
        ):
            return ()
    return tuple(Recorded(*row) for row in rows)


def _run(conn: Connection, text: str) -> None:
    with conn.transaction():
        conn.execute(cast(Any, f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'"))
        conn.execute("SET LOCAL client_min_messages = warning")
        conn.execute(cast(Any, text))


class Hearing:
    """A session of its own that hears at once of every change of the schema."""

    def __init__(self, conn: Connection, name: str) -> None:
        """conn: becomes this one's, also where this raises Unreachable."""
        self._conn, self._what = conn, f"Lost the session that hears of changes on {name}"
        with self._noticed():
            conn.execute("LISTEN driftwatch_audit")

    def wait(self, seconds: float) -> bool:
        """Whether something changed, as soon as it did, at the latest after so many seconds.

        Raises Unreachable when the session is lost.
        """
        with self._noticed():
            if self._heard():
                return True
            select.select([self._conn.pgconn.socket], [], [], seconds)
            return self._heard()

    def close(self) -> None:
        """May be called twice."""
        with contextlib.suppress(psycopg.Error):
            self._conn.close()

    def _heard(self) -> bool:
        pgconn, heard = self._conn.pgconn, False
        pgconn.consume_input()
        while pgconn.notifies() is not None:
            heard = True
        return heard

    @contextlib.contextmanager
    def _noticed(self) -> Iterator[None]:
        try:
            with translated(self._what):
                yield
        except (DriftwatchError, OSError, ValueError) as error:
            self.close()
            raise error if isinstance(error, Unreachable) else Unreachable(f"{self._what}: {error}") from error
