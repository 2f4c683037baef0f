"""What is known of the remote when migrations are proved: its history, its schema and the size of its tables,
as they are or were last seen."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from driftwatch.actions.base_file import copy_of
from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project, Remote
from driftwatch.core.migrations import Applied
from driftwatch.core.observed import Size
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.read_sizes import read_sizes


@dataclass(frozen=True)
class RemoteSchema:
    """A remote as it was seen: what verify proves the pending migrations on.

    schema_sql: its schema as SQL (None: not asked for). seen: "" = just now, else when, for people. sizes: how big its
    tables are, by their names.
    """

    name: str
    applied: Sequence[Applied]
    schema_sql: str | None = None
    seen: str = ""
    sizes: Mapping[str, Size] = field(default_factory=dict)


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


def default_last_seen(project: Project) -> RemoteSchema | None:
    """The default remote as it was last seen: for who does not wait for a database far away."""
    return last_seen(project, project.default_remote.name) if project.default_remote else None


def last_seen(project: Project, name: str) -> RemoteSchema | None:
    """The remote as it was when it was last read here; None where it never was."""
    try:
        saved = json.loads(seen_file(project, name).read_text(encoding="utf-8"))
        applied = tuple(Applied(v, n, None if s is None else tuple(s)) for v, n, s in saved["applied"])
        sizes = {table: Size(*size) for table, size in saved.get("sizes", {}).items()}
        return RemoteSchema(name, applied, saved["schema_sql"], saved["seen"], sizes)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _as_it_is(project: Project, remote: Remote) -> RemoteSchema:
    with remote_session(remote) as conn:
        return look(project, remote, conn)


def look(project: Project, remote: Remote, conn: Connection) -> RemoteSchema:
    """Reads the remote through a session on it, and remembers it for when it can't be asked."""
    applied = history.read(conn)
    sql = copy_of(project, conn, remote.url(), applied)
    with translated(f"Could not ask {remote.name} how big its tables are"):
        sizes = read_sizes(conn)
    saved = {
        "seen": datetime.now(UTC).isoformat(timespec="seconds"),
        "applied": [(one.version, one.name, one.statements) for one in applied],
        "schema_sql": sql,
        "sizes": {table: astuple(size) for table, size in sizes.items()},
    }
    _keep(seen_file(project, remote.name), json.dumps(saved))
    return RemoteSchema(remote.name, applied, sql, sizes=sizes)


def look_again(project: Project, target: str, conn: Connection) -> None:
    """After its history was changed from here: lint and pushes go by it. Where it fails they go by an older look."""
    name = project.default_remote_name if target == "remote" else target
    if name in project.remotes:
        with contextlib.suppress(DriftwatchError):
            look(project, project.remotes[name], conn)


def _keep(path: Path, text: str) -> None:
    """Whole or not at all: a push that reads half of it would take the remote for one that was never seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".{path.name}.{os.getpid()}")
    # A schema says much about a company: nobody else on this computer needs it.
    building.touch(mode=0o600)
    building.write_text(text, encoding="utf-8")
    building.replace(path)


def seen_file(project: Project, name: str) -> Path:
    """Where it is kept how the remote was last seen."""
    return project.home / "seen" / f"{name}.json"
