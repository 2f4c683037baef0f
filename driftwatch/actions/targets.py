"""What a person may name where a command takes a database: see "target" in the glossary."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, replay
from driftwatch.core import snapshot
from driftwatch.core.catalog import Catalog, ObjectId
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.row_fingerprint import Fingerprinted
from driftwatch.core.scope import apply_scope
from driftwatch.errors import DriftwatchError, UsageError
from driftwatch.postgres.connect import Connection, ConnInfo, connect, looks_like_supabase
from driftwatch.postgres.execute import refuse_problems
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_fingerprint import read_fingerprint


@dataclass(frozen=True)
class Target:
    """A schema with the name that people know it by."""

    label: str
    catalog: Catalog


def read_target(
    project: Project, target: str, progress: Progress = lambda line: None, *, like: Catalog | None = None
) -> Target:
    """The target's catalog, in scope. like: another one; objects of a database that equal its own are shared with it.

    Raises UsageError for a target that is none, and what reading it raises.
    """
    if target.endswith(".json"):
        saved = _saved(Path(target))
        return Target(target, apply_scope(saved, _suited(project, is_supabase(saved)).scope))
    if target == "migrations" or target.startswith("migrations@"):
        revision = target.partition("@")[2]
        folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
        refuse_problems(folder.problems)
        return Target(target, apply_scope(replay(shadows, folder.migrations, progress).catalog, project.scope))
    with database(project, target) as (label, conn, _):
        return Target(label, apply_scope(read_catalog(conn, like=like), suited(project, conn).scope))


def read_fingerprint_of(
    project: Project, target: str, progress: Progress = lambda line: None
) -> tuple[str, Fingerprinted]:
    """The target's name for people and its fingerprint, a database read in little memory. Raises as `read_target`."""
    if target.endswith(".json") or target == "migrations" or target.startswith("migrations@"):
        found = read_target(project, target, progress)
        catalog = found.catalog
        return found.label, Fingerprinted(fingerprint(catalog), catalog.not_compared, catalog.server_version)
    with database(project, target) as (label, conn, _):
        return label, read_fingerprint(conn, suited(project, conn).scope)


def suited(project: Project, conn: Connection) -> Project:
    """The project as this database needs it: outside of any project it tells itself whether it is Supabase's."""
    return _suited(project, looks_like_supabase(conn)) if project.guess else project


def suited_to_all(project: Project, targets: Iterable[str]) -> Project:
    """The same for several targets, which are then read in one way: the first that tells decides."""
    given = list(targets) if project.guess else []
    for target in (one for one in given if "://" in one):
        with database(project, target) as (_, conn, _):
            return suited(project, conn)
    for target in (one for one in given if one.endswith(".json")):
        return _suited(project, is_supabase(_saved(Path(target))))
    return project


def is_supabase(catalog: Catalog) -> bool:
    """Whether a catalog is of a Supabase project: by its objects, or by what its scope says that it left out."""
    marks = (ObjectId("role", "supabase_admin"), ObjectId("schema", "auth"))
    return all(mark in catalog.objects for mark in marks) or any(
        "managed by Supabase" in one.reason for one in catalog.not_compared
    )


def _suited(project: Project, supabase: bool) -> Project:
    return project.as_plain() if project.guess and not supabase else project


@contextlib.contextmanager
def database(project: Project, target: str) -> Iterator[tuple[str, Connection, ConnInfo]]:
    """A session on a target that is a database: (label, session, how it is reached)."""
    if target == "local" and project.local_at is None:
        local = project.local_database()
        if not local.exists():
            raise DriftwatchError("There is no local database yet.", next_step="Make it: driftwatch db start")
        with local.running(), local.session() as conn:
            yield "local", conn, local.cluster.conninfo()
    elif target == "local":
        with contextlib.closing(connect(project.local_at or "", what="the local database")) as conn:
            yield "local", conn, project.local_at or ""
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
