"""Writes what a remote has beyond its migrations as a migration, proved before it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from driftwatch.actions.check import applied_migrations, remote_session
from driftwatch.actions.plan import Planned, plan_between, require
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.remote_schema import look_again
from driftwatch.actions.replay import replay
from driftwatch.actions.sides import Side, migrations_side, read_side
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Migration
from driftwatch.core.new_migration import header, name_of, next_version
from driftwatch.core.plan_text import as_migration
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import parse, same_content
from driftwatch.errors import DriftwatchError
from driftwatch.migrations_folder import new_file
from driftwatch.postgres import history
from driftwatch.postgres.connect import translated
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.read_catalog import read_catalog


@dataclass(frozen=True)
class Captured:
    """The remote's drift as a migration, not yet written. held_back: steps that are commented out."""

    remote: str
    filename: str
    text: str
    planned: Planned
    held_back: int

    @property
    def migration(self) -> Migration:
        version, _, name = self.filename.removesuffix(".sql").partition("_")
        return Migration(version, name, self.filename, self.text)


@dataclass(frozen=True)
class Nothing:
    """There is nothing to capture. history: what its history and the files differ in.

    made_by: the pending migrations that make what the remote has beyond what is applied there; empty: it has nothing.
    """

    remote: str
    history: HistoryDrift
    made_by: tuple[Migration, ...] = ()


def capture(
    project: Project,
    remote: Remote,
    now: datetime,
    *,
    name: str = "",
    allow_destructive: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> Captured | Nothing:
    """What turns the schema that the remote's applied migrations make into the one that it has.

    Nothing where it has not drifted, or where pending migrations make it. Changes nothing. Raises DriftwatchError when
    the plan can't be proved, or can't be run twice.
    """
    folder = project.folder()
    with remote_session(remote) as conn:
        applied = history.read(conn)
    differs = compare_history(folder.migrations, applied, same_content=same_content)
    pending = tuple(one for one in folder.migrations if one.version in differs.pending)
    theirs = applied_migrations(project, folder, applied, remote.name)
    before = migrations_side(project, f"{remote.name}'s migrations", project.shadows, theirs, progress)
    after = read_side(project, remote.name, progress)
    planned = plan_between(project, before, after)
    if not planned.plan.planned:
        return Nothing(remote.name, differs)
    if pending and _make(project, (*theirs, *pending), after, progress):
        return Nothing(remote.name, differs, pending)
    require(planned, f"driftwatch diff migrations {remote.name} --sql")
    if allow_destructive:
        planned = replace(planned, plan=replace(planned.plan, held_back=frozenset()))
    versions = [*(one.version for one in folder.migrations), *(one.version for one in applied)]
    changes = compare(*align(before.catalog, after.catalog))
    sql = as_migration(planned.plan)
    if written := [one for one in pending if one.text.endswith(sql)]:
        return Nothing(remote.name, differs, (written[0],))
    filename = f"{next_version(now, versions)}_{name or name_of(changes)}.sql"
    told = [f"What {remote.name} had beyond its migrations, captured from it.", *_about(planned)]
    captured = Captured(
        remote.name,
        filename,
        header(filename, now, told) + sql,
        planned,
        len(planned.plan.held_back),
    )
    _prove_twice(project, before, after, captured)
    return captured


def write(project: Project, captured: Captured) -> str:
    """Writes the file into the migrations folder; its path. Never over another."""
    return str(new_file(project.migrations_path, captured.filename, captured.text))


def write_on_branch(project: Project, captured: Captured) -> str:
    """Commits the file on a new branch that starts at HEAD, and leaves work tree and index alone; the branch."""
    if project.repo is None:
        raise DriftwatchError(f"{project.root} is not in a git repository.", next_step="Leave --branch out.")
    branch = f"driftwatch/capture-{captured.filename.removesuffix('.sql')}"
    path = f"{project.in_repo}/{captured.filename}"
    message = f"Capture what {captured.remote} had beyond its migrations"
    project.repo.commit_on_new_branch(branch, path, captured.text.encode(), message)
    return branch


def adopt(project: Project, remote: Remote, captured: Captured) -> None:
    """Records the captured migration as applied on the remote, whose schema has it already. Runs nothing else."""
    one = captured.migration
    try:
        with remote_session(remote) as conn:
            with translated(f"Could not record {captured.filename} on {remote.name}"):
                history.ensure(conn)
                history.record(conn, one.version, one.name, list(parse(one).recorded))
            look_again(project, remote.name, conn)
    except DriftwatchError as error:
        error.untouched = f"{captured.filename} is written; the history of {remote.name} is as it was."
        error.next_step = f"When that is mended: driftwatch history adopt {remote.name} {one.version}"
        raise


def _about(planned: Planned) -> list[str]:
    if not planned.plan.held_back:
        return []
    return ["What destroys data is commented out: take it in by hand, or capture with --allow-destructive."]


def _make(project: Project, migrations: tuple[Migration, ...], after: Side, progress: Callable[[str], None]) -> bool:
    """Whether these migrations make this schema."""
    try:
        made = replay(project.shadows, migrations, progress).catalog
    except MigrationFailed:
        return False
    return not _left(project, made, after)


def _left(project: Project, made: Catalog, after: Side) -> list[ObjectChange]:
    """What differs, but for the order of columns, which no migration can change."""
    changes = compare(*align(apply_scope(made, project.scope), after.catalog))
    return [change for change in changes if {facet.name for facet in change.facets} - {"column_order"}]


def _prove_twice(project: Project, before: Side, after: Side, captured: Captured) -> None:
    """The migration as it is written must arrive, and change nothing where its work is done already."""
    one = captured.migration
    with before.ground() as shadow:
        for attempt in ("once", "twice"):
            try:
                with shadow.runner() as runner:
                    runner.run_sql(one)
            except MigrationFailed as failed:
                raise DriftwatchError(
                    f"The captured migration can't be run {attempt}: {failed.message}",
                    details=failed.details,
                    untouched="Nothing was written.",
                    next_step=f"driftwatch diff migrations {captured.remote} --sql shows the statements.",
                ) from failed
            if captured.held_back:
                continue
            with shadow.session() as conn:
                left = _left(project, read_catalog(conn), after)
            if left:
                raise DriftwatchError(
                    f"The captured migration, run {attempt}, does not make {captured.remote}'s schema: "
                    f"{left[0].id.kind} {left[0].id.identity} differs.",
                    untouched="Nothing was written.",
                )
