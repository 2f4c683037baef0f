"""What a push that did not end well did do: asked of the remote itself, because only its history can tell."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import pq

from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Remote
from driftwatch.actions.to_remote import Plan
from driftwatch.core.push_progress import Progress
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import history, progress
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.push_lock import becomes_free

_PATIENCE = 5.0
"""Seconds for the server to end a session that was cut."""


@dataclass(frozen=True)
class Account:
    """How far a push got: file names. begun: of one file, its first statements alone. certain: False where the server
    still has the session that was cut, which may have been at its COMMIT.
    """

    applied: tuple[str, ...]
    begun: tuple[tuple[str, Progress], ...]
    left: tuple[str, ...]
    certain: bool = True

    def there(self) -> str:
        """What is applied, in words."""
        said = [f"Applied and recorded: {', '.join(self.applied)}." if self.applied else "No migration was applied."]
        for name, half in self.begun:
            said.append(f"Of {name} the first {half.done} statements are applied; a rerun goes on after them.")
        if not self.certain:
            said.append("The server still has the session that was cut, so this may not be its last word.")
        return " ".join(said)

    def untouched(self) -> str:
        """What is not applied, in words."""
        return f"Nothing of {', '.join(self.left)} is applied." if self.left else ""

    def facts(self) -> dict[str, Any]:
        """For JSON."""
        half = [{"file": name, "statements": progress.done} for name, progress in self.begun]
        return {"applied": list(self.applied), "begun": half, "not_applied": list(self.left), "certain": self.certain}


@contextlib.contextmanager
def given(conn: Connection, remote: Remote, planned: Plan, tell: Callable[[str], None]) -> Iterator[None]:
    """Adds the account to whatever ends the block before its time."""
    try:
        yield
    except DriftwatchError as error:
        found = _account(conn, remote, planned)
        error.details = "\n".join(filter(None, (error.details, found.there() if found else _unknown(remote))))
        error.untouched = found.untouched() if found else ""
        error.facts = {"remote": remote.name, **(found.facts() if found else {"certain": False})}
        again = f"driftwatch sync to-remote {remote.name}"
        if isinstance(error, MigrationFailed):
            error.next_step = f"Mend {error.failure.place}, then: {again}; it goes on after what is applied."
        error.next_step = error.next_step or f"{again}: it goes on after what is applied, and nothing runs twice."
        raise
    except (KeyboardInterrupt, BrokenPipeError):  # somebody's, or the end of who read our output
        found = _account(conn, remote, planned)
        tell(f"{found.there()} {found.untouched()}".rstrip() if found else _unknown(remote))
        raise


def _unknown(remote: Remote) -> str:
    return f"What is applied could not be asked: {remote.name} does not answer. A rerun looks there first."


def _account(conn: Connection, remote: Remote, planned: Plan) -> Account | None:
    """None where the remote does not answer."""
    with contextlib.suppress(DriftwatchError, psycopg.Error):
        if _is_usable(conn):
            return _read(conn, planned, certain=True)
    with contextlib.suppress(DriftwatchError, psycopg.Error), remote_session(remote) as another:
        return _read(another, planned, certain=becomes_free(another, _PATIENCE))
    return None


def _is_usable(conn: Connection) -> bool:
    if conn.closed or conn.pgconn.status == pq.ConnStatus.BAD:
        return False
    if conn.info.transaction_status != pq.TransactionStatus.IDLE:
        conn.execute("ROLLBACK")
    return True


def _read(conn: Connection, planned: Plan, *, certain: bool) -> Account:
    there = {row.version for row in history.read(conn)}
    half = {one.version: one for one in progress.read(conn)}
    applied = tuple(one.filename for one in planned.pending if one.version in there)
    begun = tuple((one.filename, half[one.version]) for one in planned.pending if one.version in half)
    left = tuple(one.filename for one in planned.pending if one.version not in there | half.keys())
    return Account(applied, begun, left, certain)
