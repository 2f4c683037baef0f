"""What a person may name where a command takes a database: see "target" in the glossary."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, replay
from driftwatch.core import snapshot
from driftwatch.core.catalog import Catalog
from driftwatch.core.scope import apply_scope
from driftwatch.errors import DriftwatchError, UsageError
from driftwatch.postgres.connect import Connection, ConnInfo, connect
from driftwatch.postgres.execute import refuse_problems
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.read_catalog import read_catalog


@dataclass(frozen=True)
class Target:
    """A schema with the name that people know it by."""

    label: str
    catalog: Catalog


def read_target(project: Project, target: str, progress: Progress = lambda line: None) -> Target:
    """The target's catalog, in scope.

    Raises UsageError for a target that is none, and what reading it raises.
    """
    if target.endswith(".json"):
        return Target(target, apply_scope(_saved(Path(target)), project.scope))
    if target == "migrations" or target.startswith("migrations@"):
        revision = target.partition("@")[2]
        folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
        refuse_problems(folder.problems)
        return Target(target, apply_scope(replay(shadows, folder.migrations, progress).catalog, project.scope))
    with database(project, target) as (label, conn, _):
        return Target(label, apply_scope(read_catalog(conn), project.scope))


@contextlib.contextmanager
def database(project: Project, target: str) -> Iterator[tuple[str, Connection, ConnInfo]]:
    """A session on a target that is a database: (label, session, how it is reached)."""
    if target == "local" and project.local_url is None:
        local = LocalDatabase(project.shadows, project.home)
        if not local.exists():
            raise DriftwatchError("There is no local database yet.", next_step="Make it: driftwatch db start")
        with local.running(), local.session() as conn:
            yield "local", conn, local.cluster.conninfo()
    elif target == "local":
        with contextlib.closing(connect(project.local_url or "", what="the local database")) as conn:
            yield "local", conn, project.local_url or ""
    elif target.startswith(("postgresql://", "postgres://")):
        with contextlib.closing(connect(target)) as conn:
            yield conn.info.dbname, conn, target
    elif target.startswith("migrations"):
        raise UsageError(f"{target} is not a running database.", next_step="Name local, a remote or a URL.")
    else:
        remote = project.remote(target)
        with remote_session(remote) as conn:
            yield remote.name, conn, remote.url()


def _saved(path: Path) -> Catalog:
    try:
        return snapshot.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"There is no file {path}.", next_step=f"driftwatch snapshot local -o {path} would make it."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}.") from None
