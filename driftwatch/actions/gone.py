"""Migrations that are applied to the remote, and whose files this branch takes away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from driftwatch.core.base import contained
from driftwatch.core.findings import Finding
from driftwatch.core.migrations import Folder, read
from driftwatch.postgres.shadow import Shadows

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.remote_schema import RemoteSchema


def gone(project: Project, folder: Folder, shadows: Shadows, remote: RemoteSchema, rev: str) -> Iterator[Finding]:
    """One for each file that was there where this branch parted from those that it will meet, and is applied.

    A version that a teammate applied from another branch was not there, and is none of these. rev: the commit that the
    folder is of, "" for the work tree.
    """
    kept = {one.version for one in folder.migrations} | contained(shadows.options.base).keys()
    missing = {one.version for one in remote.applied} - kept
    if not missing or project.repo is None:
        return
    for branch, commit in project.repo.to_meet().items():
        parted = project.repo.merge_base(rev or "HEAD", commit)
        for one in read(project.repo.files_at(parted, project.in_repo)).migrations if parted else ():
            if one.version in missing:
                missing.discard(one.version)
                yield Finding(
                    one.filename, 0, "gone", "warning",
                    f"is applied to {remote.name}, and {branch} has it, but here its file is gone",
                    f"git checkout {branch} -- :/{project.in_repo}/{one.filename} brings it back. "
                    "What it did is taken back by a new migration.",
                )  # fmt: skip
