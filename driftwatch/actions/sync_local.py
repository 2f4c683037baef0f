"""Brings the local database to what the work tree's migrations make: what a pull is followed by."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from driftwatch.actions.project import Project
from driftwatch.actions.replay import Replayed, replay
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Migration
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, left_untouched
from driftwatch.postgres import history
from driftwatch.postgres.connect import connect
from driftwatch.postgres.execute import MigrationFailed, Runner, refuse_problems
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.read_catalog import read_catalog

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LocalSync:
    """What was done.

    kept: where the former database is, when it was built anew. own_changes: what the local database has besides.
    """

    applied: tuple[str, ...]
    rebuilt: bool
    kept: Path | None
    own_changes: tuple[ObjectChange, ...]
    migrations: int

    def sentence(self) -> str:
        if self.rebuilt and self.kept is not None:
            done = (
                f"The local database was built anew from {self.migrations} migrations; driftwatch undo takes it back."
            )
        elif self.rebuilt:
            done = f"The local database was made from {self.migrations} migrations."
        elif self.applied:
            done = f"The local database is in sync: applied {', '.join(self.applied)}."
        else:
            done = "The local database is in sync: nothing to apply."
        if self.own_changes:
            done += f" It has {len(self.own_changes)} changes of its own: driftwatch diff migrations local"
        return done


def sync_local(project: Project, now: datetime, progress: Progress = lambda line: None) -> LocalSync:
    """Applies what is pending; builds anew (keeping the former one) where the local history no longer fits.

    Raises MigrationFailed or another DriftwatchError; the local database is then as it was, up to the last
    migration that succeeded.
    """
    with left_untouched("The local database is as it was."):
        folder = project.folder()
        refuse_problems(folder.problems)
        replayed = replay(project.shadows, folder.migrations, progress)
    if project.local_url is None:
        local = LocalDatabase(project.shadows, project.home)
        if not local.exists():
            local.build(replayed.key, now)
            return LocalSync((), True, None, (), len(folder.migrations))
        with local.running(), local.runner() as runner:
            drift = _history_drift(runner, folder.migrations)
            if not _needs_rebuild(drift):
                return _apply_pending(project, runner, folder.migrations, drift, replayed, progress)
        kept = local.build(replayed.key, now)
        return LocalSync((), True, kept, (), len(folder.migrations))
    with _session_at(project.local_url) as runner:
        drift = _history_drift(runner, folder.migrations)
        if _needs_rebuild(drift):
            raise DriftwatchError(
                "The local database has migrations applied that the folder does not have in this form: "
                + ", ".join((*drift.unknown, *drift.edited)),
                untouched="The local database is as it was.",
                next_step="supabase db reset (or build it anew in your own way).",
            )
        return _apply_pending(project, runner, folder.migrations, drift, replayed, progress)


@contextlib.contextmanager
def _session_at(url: str) -> Iterator[Runner]:
    with contextlib.closing(connect(url, what="the local database")) as conn:
        history.ensure(conn)
        yield Runner(conn)


def _history_drift(runner: Runner, migrations: tuple[Migration, ...]) -> HistoryDrift:
    return compare_history(migrations, history.read(runner.conn), same_content=same_content)


def _needs_rebuild(drift: HistoryDrift) -> bool:
    return bool(drift.unknown or drift.edited)


def _apply_pending(
    project: Project,
    runner: Runner,
    migrations: tuple[Migration, ...],
    drift: HistoryDrift,
    replayed: Replayed,
    progress: Progress,
) -> LocalSync:
    applied: list[str] = []
    pending = set(drift.pending)
    for one in [one for one in migrations if one.version in pending]:
        progress(one.filename)
        try:
            runner.apply(one)
        except MigrationFailed as failed:
            before = f"applied: {', '.join(applied)}. " if applied else ""
            failed.untouched = f"{before}Nothing of {one.filename} was applied to the local database."
            failed.next_step = (
                "It works on a database built from the migrations, so the local one has changes or rows of its own. "
                "See them: driftwatch diff migrations local; or build it anew: driftwatch db reset"
            )
            raise
        applied.append(one.filename)
    own = compare(apply_scope(replayed.catalog, project.scope), apply_scope(read_catalog(runner.conn), project.scope))
    return LocalSync(tuple(applied), False, None, tuple(own), len(migrations))
