"""Brings what only the remote has into the folder: `sync from-remote`."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.actions.check import Checked, Seen, check_seen, remote_session, see
from driftwatch.actions.project import Project, Remote
from driftwatch.core.history import compare_history
from driftwatch.core.migrations import Applied
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError
from driftwatch.migrations_folder import write_migration


@dataclass(frozen=True)
class Fetched:
    """written: files made from what the remote's history kept. checked: the remote, compared after that."""

    written: tuple[str, ...]
    checked: Checked


def fetch(project: Project, remote: Remote) -> Fetched:
    """Writes the migrations that only the remote has, and says what it has beyond its migrations.

    Raises DriftwatchError when a version's statements were not kept, before anything is written.
    """
    with remote_session(remote) as conn:
        seen = see(project, conn)
    missing = _only_there(project, seen)
    unknowable = [row.version for row in missing if row.statements is None]
    if unknowable:
        raise DriftwatchError(
            f"{remote.name} has versions applied that no file has, and kept no statements of: {', '.join(unknowable)}.",
            untouched="Nothing was written or changed.",
            next_step=f"Bring the files back from git: git log --all -- {project.migrations_dir}",
        )
    written = tuple(write_migration(project.migrations_path, row) for row in missing)
    return Fetched(written, check_seen(project, remote.name, seen))


def _only_there(project: Project, seen: Seen) -> list[Applied]:
    drift = compare_history(project.folder().migrations, seen.applied, same_content=same_content)
    same_elsewhere = {theirs for _, theirs in drift.renumbered}
    unknown = set(drift.unknown) - same_elsewhere
    return [row for row in seen.applied if row.version in unknown]
