"""The three histories side by side, and their explicit repair: shown before it is done, and never without a copy."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from driftwatch.actions.check import applied_migrations
from driftwatch.actions.project import Project
from driftwatch.actions.remote_schema import look_again
from driftwatch.actions.replay import Progress, replay
from driftwatch.actions.targets import database
from driftwatch.core.drift import align, compare
from driftwatch.core.history import compare_history
from driftwatch.core.history_table import Line, Repair, repairs, side_by_side
from driftwatch.core.migrations import Applied
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, UsageError, left_untouched
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.read_catalog import read_catalog


@dataclass(frozen=True)
class Histories:
    """lines: all versions. missing: databases that could not be asked, with the reason."""

    databases: tuple[str, ...]
    lines: tuple[Line, ...]
    missing: Mapping[str, str]


def listed(project: Project, only: str = "") -> Histories:
    """The histories of the local database, where there is one, and of every remote, beside git's files.

    only: the one database that is asked.
    """
    rows: dict[str, tuple[Applied, ...]] = {}
    missing = {}
    local = ["local"] if project.local_at is not None or project.local_database().exists() else []
    for name in [only] if only else [*local, *project.remotes]:
        try:
            with database(project, name) as (_, conn, _):
                rows[name] = history.read(conn)
        except DriftwatchError as error:
            missing[name] = error.message
    return Histories(tuple(rows), side_by_side(project.folder().migrations, rows), missing)


@dataclass(frozen=True)
class PlannedRepair:
    """target: the database's name as it was given. rows: the whole history before."""

    target: str
    server: str
    repairs: tuple[Repair, ...]
    rows: tuple[Applied, ...]


def plan_repair(project: Project, target: str, versions: Sequence[str], *, applied: bool) -> PlannedRepair:
    """What would be changed in one database's history. Raises UsageError for what can't be done; changes nothing."""
    with database(project, target) as (label, conn, _):
        rows = history.read(conn)
        server = f"{conn.info.host or 'this computer'}/{conn.info.dbname}"
    found, refused = repairs(versions, applied=applied, migrations=project.folder().migrations, rows=rows, where=label)
    if refused:
        raise UsageError(f"{refused[0]}.", details="\n".join(refused[1:]), untouched="Nothing was changed.")
    return PlannedRepair(target, server, found, rows)


def repair(project: Project, planned: PlannedRepair, now: datetime) -> Path:
    """Changes exactly the rows that were named, in one transaction; where the copy of the table before is kept."""
    with database(project, planned.target) as (_, conn, _):
        copy = _keep(project, planned.target, history.raw_rows(conn), now)
        with _unchanged(conn, planned.rows):
            for one in planned.repairs:
                if one.adds:
                    history.record(conn, one.version, one.name, list(one.statements))
                else:
                    history.forget(conn, one.version)
        look_again(project, planned.target, conn)
    return copy


@dataclass(frozen=True)
class PlannedUndo:
    """copy: the file with the rows that are put back, the whole table. rows: the whole history before.

    back, gone: versions that the history has again then, and those that it has no longer, as what was pushed since.
    """

    target: str
    copy: Path
    back: tuple[str, ...]
    gone: tuple[str, ...]
    rows: tuple[Applied, ...]


def plan_undo(project: Project, target: str) -> PlannedUndo:
    """What it would mean to put the rows of the last repair's copy back. Changes nothing.

    Raises DriftwatchError where there is no copy.
    """
    copies = _copies(project, target)
    if not copies:
        raise DriftwatchError(f"No repair of {target}'s history was made here.", untouched="Nothing was changed.")
    then = {str(row["version"]) for row in _saved_rows(copies[-1])}
    with database(project, target) as (_, conn, _):
        rows = history.read(conn)
    now = {row.version for row in rows}
    return PlannedUndo(target, copies[-1], tuple(sorted(then - now)), tuple(sorted(now - then)), rows)


def undo_repair(project: Project, planned: PlannedUndo, now: datetime) -> None:
    """Puts the rows back, in one transaction. What is there is kept first, so that an undo can be undone."""
    with database(project, planned.target) as (_, conn, _):
        _keep(project, planned.target, history.raw_rows(conn), now)
        with _unchanged(conn, planned.rows):
            history.replace_rows(conn, _saved_rows(planned.copy))
        look_again(project, planned.target, conn)


@contextlib.contextmanager
def _unchanged(conn: Connection, rows: tuple[Applied, ...]) -> Iterator[None]:
    """A transaction in which the history is what it was planned on. Raises DriftwatchError where it is not."""
    untouched = left_untouched("Nothing was changed.")
    with untouched, translated("Could not change the history"), conn.transaction():
        history.ensure(conn)
        if history.read(conn) != rows:
            raise DriftwatchError(
                "The history changed while this was planned.",
                untouched="Nothing was changed.",
                next_step="driftwatch history list, then once more",
            )
        yield


def prove_applied(project: Project, target: str, versions: Sequence[str], progress: Progress) -> None:
    """That a database's schema is what its history makes together with these versions.

    Raises DriftwatchError when it is not: they may then be recorded only by an explicit repair.
    """
    folder = project.folder()
    with database(project, target) as (label, conn, _):
        rows = history.read(conn)
        found = apply_scope(read_catalog(conn), project.scope)
    files = {one.version: one for one in folder.migrations}
    if unknown := [version for version in versions if version not in files]:
        raise UsageError(f"No file has the version {unknown[0]}.", untouched="Nothing was changed.")
    theirs = applied_migrations(project, folder, rows, label)
    wanted = sorted((*theirs, *(files[version] for version in versions)), key=lambda one: one.version)
    made = replay(project.shadows, wanted, progress)
    expected, found = align(apply_scope(made.catalog, project.scope), found)
    changes = compare(expected, found)
    if changes:
        raise DriftwatchError(
            f"{label} does not have what {', '.join(versions)} makes: {len(changes)} objects differ, "
            f"the first is {changes[0].id.kind} {changes[0].id.identity}.",
            untouched="Nothing was changed.",
            next_step=f"driftwatch check {target}; to record it all the same: driftwatch history repair "
            f"{versions[0]} --applied --on {target}",
        )


def renumbered(project: Project, target: str) -> tuple[tuple[str, str], ...]:
    """Files that the database has under another version with the same content: (file, the file's name there)."""
    folder = project.folder()
    with database(project, target) as (_, conn, _):
        rows = history.read(conn)
    names = {one.version: one.filename for one in folder.migrations}
    drift = compare_history(folder.migrations, rows, same_content)
    return tuple((names[mine], f"{theirs}_{names[mine].partition('_')[2]}") for mine, theirs in drift.renumbered)


def _keep(project: Project, target: str, rows: str, now: datetime) -> Path:
    folder = project.home / "history"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_file_name(target)}.{now:%Y%m%dT%H%M%S}.{now.microsecond:06d}.json"
    building = path.with_suffix(".new")  # half a copy, on a full disk, is none to be put back
    building.touch(mode=0o600)
    building.write_text(rows, encoding="utf-8")
    return building.replace(path)


def _copies(project: Project, target: str) -> list[Path]:
    """The oldest first. A name may have dots, so that one may be the beginning of another."""
    ours = re.compile(rf"{re.escape(_file_name(target))}\.\d{{8}}T\d{{6}}\.\d{{6}}\.json")
    folder = project.home / "history"
    return sorted(path for path in folder.iterdir() if ours.fullmatch(path.name)) if folder.is_dir() else []


def _file_name(target: str) -> str:
    """What a target is called in the name of a file: a URL is none, and may hold a password."""
    return f"url-{hashlib.sha256(target.encode()).hexdigest()[:16]}" if "://" in target else target


def _saved_rows(copy: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(copy.read_text(encoding="utf-8"))
    return rows
