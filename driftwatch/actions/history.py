"""The three histories side by side, and their explicit repair: shown before it is done, and never without a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from driftwatch.actions.check import applied_migrations
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, replay
from driftwatch.actions.targets import database
from driftwatch.core.drift import align, compare
from driftwatch.core.history_table import Line, Repair, repairs, side_by_side
from driftwatch.core.migrations import Applied
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, UsageError
from driftwatch.postgres import history
from driftwatch.postgres.connect import translated
from driftwatch.postgres.read_catalog import read_catalog


@dataclass(frozen=True)
class Histories:
    """lines: all versions. missing: databases that could not be asked, with the reason."""

    databases: tuple[str, ...]
    lines: tuple[Line, ...]
    missing: Mapping[str, str]


def listed(project: Project) -> Histories:
    """The histories of the local database and of every remote, beside git's files."""
    rows: dict[str, tuple[Applied, ...]] = {}
    missing = {}
    for name in ("local", *project.remotes):
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
        with translated("Could not change the history"), conn.transaction():
            history.ensure(conn)
            if history.read(conn) != planned.rows:
                raise DriftwatchError(
                    "The history changed while this was planned.",
                    untouched="Nothing was changed.",
                    next_step="driftwatch history list, then once more",
                )
            for one in planned.repairs:
                if one.adds:
                    history.record(conn, one.version, one.name, list(one.statements))
                else:
                    history.forget(conn, one.version)
    return copy


def undo_repair(project: Project, target: str, now: datetime) -> Path:
    """Puts the rows of the last repair's copy back, whole; the copy that they came from. What is there is kept first.

    Raises DriftwatchError where there is no copy.
    """
    copies = _copies(project, target)
    if not copies:
        raise DriftwatchError(f"No repair of {target}'s history was made here.", untouched="Nothing was changed.")
    latest = copies[-1]
    with database(project, target) as (_, conn, _):
        _keep(project, target, history.raw_rows(conn), now)
        with translated("Could not change the history"), conn.transaction():
            history.replace_rows(conn, json.loads(latest.read_text(encoding="utf-8")))
    return latest


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
    from driftwatch.core.history import compare_history

    folder = project.folder()
    with database(project, target) as (_, conn, _):
        rows = history.read(conn)
    names = {one.version: one.filename for one in folder.migrations}
    drift = compare_history(folder.migrations, rows, same_content)
    return tuple((names[mine], f"{theirs}_{names[mine].partition('_')[2]}") for mine, theirs in drift.renumbered)


def _keep(project: Project, target: str, rows: str, now: datetime) -> Path:
    folder = project.home / "history"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{target}.{now:%Y%m%dT%H%M%S}.{now.microsecond:06d}.json"
    path.touch(mode=0o600)
    path.write_text(rows, encoding="utf-8")
    return path


def _copies(project: Project, target: str) -> list[Path]:
    folder = project.home / "history"
    return sorted(folder.glob(f"{target}.*.json")) if folder.is_dir() else []
