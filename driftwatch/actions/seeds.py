"""Seeds: SQL files with rows for a local database that was built anew, as the Supabase CLI runs them."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress
from driftwatch.core.migrations import Migration
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import seed_files
from driftwatch.postgres.execute import MigrationFailed, Runner


@dataclass(frozen=True)
class Seed:
    """A seed. path: relative to the project's root, with slashes. sha256: of the file's bytes."""

    path: str
    text: str
    sha256: str


def find_seeds(project: Project) -> tuple[Seed, ...]:
    """The files that the project's globs name: glob after glob, each one's by name, none twice.

    Raises DriftwatchError for a file that can't be read as UTF-8.
    """
    found: dict[str, Seed] = {}
    for pattern in project.seeds:
        whole = os.path.join(glob.escape(str(project.root)), pattern)  # noqa: PTH118 - globs are no paths
        for name in sorted(glob.glob(whole)):  # noqa: PTH207 - the pattern may be absolute, or begin with ..
            path = Path(name)
            if path.is_file():
                relative = Path(os.path.relpath(path, project.root)).as_posix()
                found.setdefault(relative, _read(relative, path))
    return tuple(found.values())


def run_seeds(runner: Runner, seeds: Sequence[Seed], now: datetime, progress: Progress = lambda line: None) -> None:
    """Runs each seed in a transaction of its own and records its hash.

    Raises MigrationFailed with the seed's path and line.
    """
    for index, seed in enumerate(seeds, 1):
        progress(f"{index}/{len(seeds)} {seed.path}")
        # The version says only which time's rules hold: today's.
        one = Migration(f"{now:%Y%m%d%H%M%S}", "seed", seed.path, seed.text)
        try:
            runner.run_sql(one)
        except MigrationFailed as failed:
            failed.untouched = "The local database is as it was."
            failed.next_step = f"Mend {seed.path}, or leave the seeds out: driftwatch db reset --no-seed"
            raise
        seed_files.record(runner.conn, seed.path, seed.sha256)


def _read(relative: str, path: Path) -> Seed:
    try:
        content = path.read_bytes()
        return Seed(relative, content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest())
    except OSError as error:
        why = error.strerror or str(error)
    except UnicodeDecodeError as error:
        why = f"it is not valid UTF-8 on line {content[: error.start].count(10) + 1}"
    raise DriftwatchError(f"The seed {relative} can't be read: {why}.", untouched="The local database is as it was.")
