"""What is known of the remote when migrations are proved: its history, and its schema as it is or was last seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from driftwatch.actions.base_file import copy_of
from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.verify import RemoteSchema
from driftwatch.core.migrations import Applied
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection


def pending_ground(project: Project, say: Callable[[str], None]) -> RemoteSchema | None:
    """The default remote for verify: as it is now, else as it was last seen; None where no remote is configured.

    What could not be had is said. Raises DriftwatchError only where the proof depends on the remote.
    """
    if not project.remotes:
        return None
    remote = project.remote()
    try:
        return _as_it_is(project, remote)
    except DriftwatchError as error:
        seen = last_seen(project, remote.name)
        if seen is not None:
            say(f"  note: {error.message}")
            say(f"  note: {remote.name}'s schema and history as of {seen.seen} are used instead")
            return seen
        if project.replay == "remote":
            raise
        say(f"  note: {remote.name} was not asked what is applied there: {error.message}")
        return None


def last_seen(project: Project, name: str) -> RemoteSchema | None:
    """The remote as it was when it was last read here; None where it never was."""
    try:
        saved = json.loads(_path(project, name).read_text(encoding="utf-8"))
        applied = tuple(Applied(v, n, None if s is None else tuple(s)) for v, n, s in saved["applied"])
        return RemoteSchema(name, applied, saved["schema_sql"], saved["seen"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _as_it_is(project: Project, remote: Remote) -> RemoteSchema:
    with remote_session(remote) as conn:
        return look(project, remote, conn)


def look(project: Project, remote: Remote, conn: Connection) -> RemoteSchema:
    """Reads the remote through a session on it, and remembers it for when it can't be asked."""
    applied = history.read(conn)
    sql = copy_of(project, conn, remote.url(), applied)
    saved = {
        "seen": datetime.now(UTC).isoformat(timespec="seconds"),
        "applied": [(one.version, one.name, one.statements) for one in applied],
        "schema_sql": sql,
    }
    path = _path(project, remote.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    # A schema says much about a company: nobody else on this computer needs it.
    path.touch(mode=0o600)
    path.write_text(json.dumps(saved), encoding="utf-8")
    return RemoteSchema(remote.name, applied, sql)


def _path(project: Project, name: str) -> Path:
    return project.home / "seen" / f"{name}.json"
