"""Applies what is pending on a remote, verified: `sync to-remote`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from driftwatch.actions.check import Checked, check_seen, remote_session, see
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.remote_schema import look
from driftwatch.actions.replay import replay
from driftwatch.actions.verify import verify
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.migrations import Applied, Migration
from driftwatch.core.scope import apply_scope
from driftwatch.errors import DriftwatchError, Findings, left_untouched
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.execute import MigrationFailed, Runner
from driftwatch.postgres.read_catalog import read_catalog

LOCK_KEY = 0x6472696674776174
"""The advisory lock that two pushes of driftwatch meet at: "driftwat" in ASCII."""
_LOCK_TIMEOUT = "10s"


@dataclass(frozen=True)
class Plan:
    """What a push would do. server: host and database as the server's session knows them, for the question."""

    remote: str
    server: str
    checked: Checked
    pending: tuple[Migration, ...]


@dataclass(frozen=True)
class Pushed:
    """What a push did. fingerprint: of the remote afterwards, equal to what the migrations make."""

    applied: tuple[str, ...]
    fingerprint: str


def plan(
    project: Project, remote: Remote, now: datetime, *, force: bool = False, progress: Callable[[str], None]
) -> Plan:
    """Verifies, and checks the remote for drift. Raises Findings when it must not be pushed; changes nothing."""
    with left_untouched(f"{remote.name} was not changed."):
        with remote_session(remote) as conn:
            seen = see(project, conn)
            ground = look(project, remote, conn)
            server = f"{conn.info.host or 'this computer'}/{conn.info.dbname}"
        folder = project.folder()
        if folder.notes:
            raise Findings(folder.notes[0], next_step="Give one of them a later version: git mv it.")
        verify(project, folder, project.shadows, now, ground, progress)
        checked = check_seen(project, remote.name, seen)
        pending = _pending(folder.migrations, checked)
        if checked.drifted and not force:
            raise Findings(
                f"{remote.name} has drifted, so what its migrations will make there can't be known.",
                next_step=f"driftwatch check {remote.name} shows the drift. Push all the same: add --force",
            )
    return Plan(remote.name, server, checked, pending)


def push(project: Project, remote: Remote, planned: Plan, progress: Callable[[str], None]) -> Pushed:
    """Applies the planned migrations, each in its own transaction with its history row.

    Raises DriftwatchError when another push holds the lock or the remote moved since it was planned, and
    MigrationFailed when the remote refuses one; the migrations before it are applied and recorded then.
    """
    applied: list[str] = []
    with remote_session(remote) as conn, _only_push(conn, remote.name):
        history.ensure(conn)
        _refuse_moved(history.read(conn), planned)
        runner = Runner(conn, role=remote.role, lock_timeout=_LOCK_TIMEOUT)
        for one in planned.pending:
            progress(one.filename)
            try:
                runner.apply(one)
            except MigrationFailed as failed:
                failed.untouched = f"Applied to {remote.name} before it: {', '.join(applied) or 'nothing'}."
                failed.next_step = "Mend it, then: driftwatch sync to-remote; it goes on after what is applied."
                raise
            applied.append(one.filename)
        after = apply_scope(read_catalog(conn), project.scope)
        with contextlib.suppress(DriftwatchError):  # the push is done; at worst a later proof uses an older look
            look(project, remote, conn)
    left = _unexpected(project, after)
    if left and not planned.checked.drifted:
        raise Findings(
            f"{remote.name} is not what the migrations make: {len(left)} objects differ after the push.",
            details=f"Applied and recorded: {', '.join(applied)}.",
            next_step=f"driftwatch check {remote.name}",
        )
    return Pushed(tuple(applied), fingerprint(after))


def _pending(migrations: tuple[Migration, ...], checked: Checked) -> tuple[Migration, ...]:
    versions = set(checked.history.pending) - {mine for mine, _ in checked.history.renumbered}
    return tuple(one for one in migrations if one.version in versions)


@contextlib.contextmanager
def _only_push(conn: Connection, name: str) -> Iterator[None]:
    """A session-level advisory lock: it goes with the session, however that ends."""
    with translated(f"Could not ask {name} for the lock"):
        row = conn.execute("SELECT pg_try_advisory_lock(%s)", (LOCK_KEY,)).fetchone()
    if not (row and row[0]):
        raise DriftwatchError(
            f"Another push to {name} is under way.",
            untouched=f"{name} was not changed by this one.",
            next_step="Wait for it, then: driftwatch status",
        )
    try:
        yield
    finally:
        if not conn.closed:
            conn.execute("SELECT pg_advisory_unlock(%s)", (LOCK_KEY,))


def _refuse_moved(applied: tuple[Applied, ...], planned: Plan) -> None:
    """Between plan and lock somebody else may have pushed."""
    there = {row.version for row in applied}
    if done := sorted(one.version for one in planned.pending if one.version in there):
        raise DriftwatchError(
            f"{planned.remote} changed while this was planned: {', '.join(done)} is applied there now.",
            untouched=f"{planned.remote} was not changed by this push.",
            next_step="driftwatch sync to-remote once more",
        )


def _unexpected(project: Project, after: Catalog) -> tuple[ObjectChange, ...]:
    expected = apply_scope(replay(project.shadows, project.folder().migrations).catalog, project.scope)
    return compare(*align(expected, after))
