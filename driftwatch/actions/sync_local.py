"""Brings the local database to what the work tree's migrations make: what a pull is followed by."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from driftwatch.actions.check import Seen, check_seen, see
from driftwatch.actions.local_data import Built, Data, build_local, replay_folder
from driftwatch.actions.local_url import LocalAtUrl, refuse_elsewhere
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Replayed
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Migration
from driftwatch.core.scope import apply_scope
from driftwatch.core.scope_rules import DATA
from driftwatch.core.statements import same_content
from driftwatch.core.text import clean
from driftwatch.errors import DriftwatchError, left_untouched
from driftwatch.postgres import history
from driftwatch.postgres.connect import connect
from driftwatch.postgres.execute import MigrationFailed, Runner
from driftwatch.postgres.read_catalog import read_catalog

Progress = Callable[[str], None]
_NAMED = 5
"""Objects that are named in a sentence."""


@dataclass(frozen=True)
class LocalSync:
    """What was done.

    own_changes: what the local database has besides what migrations make; or had, when it was built anew. built: when
    it was. fingerprint: of the schema that the folder makes, "" where it was not asked for.
    """

    applied: tuple[str, ...]
    own_changes: tuple[ObjectChange, ...]
    migrations: int
    built: Built | None = None
    fingerprint: str = ""

    @property
    def rebuilt(self) -> bool:
        return self.built is not None

    @property
    def kept(self) -> Path | None:
        """Where the former database is, when this one was built anew."""
        return self.built.kept if self.built else None

    def sentence(self) -> str:
        if self.built is not None:
            made = "was built anew" if self.built.kept else "was made"
            done = f"The local database {made} from {self.migrations} migration{'' if self.migrations == 1 else 's'}"
            seeded = f" and {', '.join(self.built.seeded)}" if self.built.seeded else ""
            done += f"{seeded}; driftwatch undo takes it back." if self.built.kept else f"{seeded}."
            if self.own_changes:
                named = ", ".join(f"{one.id.kind} {clean(one.id.identity)}" for one in self.own_changes[:_NAMED])
                more = f" and {len(self.own_changes) - _NAMED} more" if len(self.own_changes) > _NAMED else ""
                done += f" The former one had what no migration makes: {named}{more}."
            return done
        if self.applied:
            done = f"The local database is in sync: applied {', '.join(self.applied)}."
        else:
            done = "The local database is in sync: nothing to apply."
        if self.own_changes:
            count = len(self.own_changes)
            done += f" It has {count} change{'' if count == 1 else 's'} of its own: driftwatch diff migrations local"
        return done


def sync_local(project: Project, now: datetime, progress: Progress = lambda line: None) -> LocalSync:
    """Applies what is pending in place; builds anew (keeping the former one) where the local history no longer fits.

    Raises MigrationFailed or another DriftwatchError; the local database is then as it was, up to the last
    migration that succeeded.
    """
    with left_untouched("The local database is as it was."):
        folder, replayed = replay_folder(project, progress)
    if project.local_at is not None:
        return _sync_at(project, project.local_at, folder.migrations, replayed, progress)
    local = project.local_database()
    with local.making(progress):
        if local.exists():
            with local.running(), local.runner() as runner:
                drift = _history_drift(runner, folder.migrations)
                if not _needs_rebuild(drift):
                    return _apply_pending(project, runner, folder.migrations, drift, replayed, progress)
        built = build_local(project, local, replayed, now, progress=progress)
        return LocalSync((), (), len(folder.migrations), built)


def make_local(project: Project, now: datetime, progress: Progress = lambda line: None) -> LocalSync | None:
    """Makes the embedded database where there is none yet; None where there is one."""
    local = project.local_database()
    if local.exists():
        return None
    with local.making(progress):
        if local.exists():
            return None
        folder, replayed = replay_folder(project, progress)
        built = build_local(project, local, replayed, now, progress=progress)
        return LocalSync((), (), len(folder.migrations), built)


def bring_local(
    project: Project, now: datetime, *, data: Data = "seed", progress: Progress = lambda line: None
) -> LocalSync:
    """Makes the embedded database exactly what the folder makes: built anew unless it is that already.

    Raises MigrationFailed or another DriftwatchError; the local database is then as it was.
    """
    if project.local_at is not None:
        return _bring_at(project, project.local_at, now, data, progress)
    local = project.local_database()
    with left_untouched("The local database is as it was."), local.making(progress):
        folder, replayed = replay_folder(project, progress)
        wanted = apply_scope(replayed.catalog, project.scope)
        mark = fingerprint(wanted)
        own: tuple[ObjectChange, ...] = ()
        if local.exists():
            with local.running(), local.session() as conn:
                seen = see(project, conn)
            made = compare(wanted, seen.catalog)
            if _is_equal(compare_history(folder.migrations, seen.applied, same_content)) and not _of_schema(made):
                return LocalSync((), made, len(folder.migrations), fingerprint=mark)
            own = _own_changes(project, seen, made)
        built = build_local(project, local, replayed, now, data=data, progress=progress)
        return LocalSync((), own, len(folder.migrations), built, mark)


def _bring_at(project: Project, url: str, now: datetime, data: Data, progress: Progress) -> LocalSync:
    """The same for a database that is not ours: rebuilt in place."""
    there = LocalAtUrl(project, url)
    with left_untouched("The local database is as it was."), there.making(progress):
        folder, replayed = replay_folder(project, progress)
        wanted = apply_scope(replayed.catalog, project.scope)
        seen = there.see()
        made = compare(*align(wanted, seen.catalog))
        if _is_equal(compare_history(folder.migrations, seen.applied, same_content)) and not _of_schema(made):
            return LocalSync((), made, len(folder.migrations), fingerprint=fingerprint(wanted))
        own = _own_changes(project, seen, made)
        built = there.build(replayed, now, data=data, folder=folder, progress=progress)
        return LocalSync((), own, len(folder.migrations), built, fingerprint(wanted))


def _own_changes(project: Project, seen: Seen, lost: Iterable[ObjectChange]) -> tuple[ObjectChange, ...]:
    """What of `lost` its migrations do not make either; nothing where that can't be known any more.

    lost: what the local database has that the folder does not make. What a new file of it makes is not among it.
    """
    ids = {change.id for change in lost}
    try:
        own = check_seen(project, "local", seen).changes
    except DriftwatchError:
        return ()
    return _of_schema(change for change in own if change.id in ids)


def _of_schema(changes: Iterable[ObjectChange]) -> tuple[ObjectChange, ...]:
    """Without rows that behave like schema: seeds and applications make such rows locally."""
    return tuple(change for change in changes if change.id.kind not in DATA)


def _is_equal(drift: HistoryDrift) -> bool:
    return not (drift.pending or drift.unknown or drift.edited)


def _sync_at(
    project: Project, url: str, migrations: tuple[Migration, ...], replayed: Replayed, progress: Progress
) -> LocalSync:
    with _session_at(url) as runner:
        drift = _history_drift(runner, migrations)
        if _needs_rebuild(drift):
            raise DriftwatchError(
                "The local database has migrations applied that the folder does not have in this form: "
                + ", ".join((*drift.unknown, *drift.edited)),
                untouched="The local database is as it was.",
                next_step="driftwatch sync from-remote builds it anew.",
            )
        return _apply_pending(project, runner, migrations, drift, replayed, progress)


@contextlib.contextmanager
def _session_at(url: str) -> Iterator[Runner]:
    with contextlib.closing(connect(url, what="the local database")) as conn:
        refuse_elsewhere(conn)
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
            what = f"Nothing of {one.filename} was applied to the local database"
            if failed.partly_applied:
                what = f"Of {one.filename} earlier statements are applied: it is not one transaction"
            failed.untouched = f"{before}{what}."
            failed.next_step = (
                "It works on a database built from the migrations, so the local one has changes or rows of its own. "
                "See them: driftwatch diff migrations local; or build it anew: driftwatch db reset"
            )
            raise
        applied.append(one.filename)
    own = compare(apply_scope(replayed.catalog, project.scope), apply_scope(read_catalog(runner.conn), project.scope))
    return LocalSync(tuple(applied), tuple(own), len(migrations))
