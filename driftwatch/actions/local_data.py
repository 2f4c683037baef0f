"""Builds the embedded local database anew, beside the present one: proved, filled with rows, then swapped in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, Replayed, replay
from driftwatch.actions.seeds import Seed, find_seeds, run_seeds
from driftwatch.core.drift import compare
from driftwatch.core.migrations import Folder
from driftwatch.core.scope import apply_scope
from driftwatch.errors import DriftwatchError, left_untouched
from driftwatch.postgres import seed_files
from driftwatch.postgres.copy_rows import Carried, carry_rows
from driftwatch.postgres.execute import MigrationFailed, refuse_problems
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.shadow import Shadow
from driftwatch.stop_points import stop_point

Data = Literal["seed", "keep", "none"]
"""Which rows a database has that is built anew: those of the seeds, those of the one before, none."""


def replay_folder(project: Project, progress: Progress = lambda line: None) -> tuple[Folder, Replayed]:
    """The folder's migrations, and what they make. Raises MigrationFailed, or Findings for what can't be run."""
    folder = project.folder()
    refuse_problems(folder.problems)
    try:
        return folder, replay(project.shadows, folder.migrations, progress)
    except MigrationFailed as failed:
        failed.untouched = "The local database is as it was."
        raise


@dataclass(frozen=True)
class Built:
    """kept: where the former database is, None where there was none. seeded: the seeds that ran. missing: what the
    migrations make and could not be put there, a line each.
    """

    kept: Path | None
    seeded: tuple[str, ...] = ()
    carried: Carried | None = None
    missing: tuple[str, ...] = ()


def build_local(
    project: Project,
    local: LocalDatabase,
    replayed: Replayed,
    now: datetime,
    *,
    data: Data = "seed",
    progress: Progress = lambda line: None,
) -> Built:
    """Makes the local database what was replayed. The caller holds `local.making`.

    "keep" where there is nothing to keep is "seed". Raises DriftwatchError; the local database is then as it was.
    """
    keep = data == "keep" and local.exists()
    with left_untouched("The local database is as it was."):
        seeds = find_seeds(project) if data != "none" and not keep else ()
        carried: list[Carried] = []

        def prepare(built: Shadow) -> None:
            _prove(project, built, replayed)
            stop_point("local: proved")
            if seeds:
                _seed(built, seeds, now, progress)
                stop_point("local: seeded")
            if keep:
                progress("rows of the former database")
                with local.running(), local.session() as old, built.session() as new:
                    if seed_files.read(old):
                        seed_files.ensure(new)  # rows of seeds are carried too, and so is the record of them
                    carried.append(carry_rows(old, new))
                stop_point("local: rows carried")

        kept = local.build(replayed.key, now, prepare)
    return Built(kept, tuple(one.path for one in seeds), carried[0] if carried else None)


def _seed(built: Shadow, seeds: Sequence[Seed], now: datetime, progress: Progress) -> None:
    with built.runner() as runner:
        run_seeds(runner, seeds, now, progress)


def _prove(project: Project, built: Shadow, replayed: Replayed) -> None:
    """What was built must be what the migrations made when they were replayed."""
    with built.session() as conn:
        found = apply_scope(read_catalog(conn), project.scope)
    changes = compare(apply_scope(replayed.catalog, project.scope), found)
    if changes:
        first = changes[0].id
        raise DriftwatchError(
            f"The new local database is not what the migrations make: {first.kind} {first.identity} differs, "
            f"and {len(changes) - 1} others.",
            next_step="Remove the cache, and build it again: driftwatch db reset",
        )
