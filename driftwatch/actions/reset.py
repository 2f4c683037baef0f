"""The local database from nothing: `db reset`, and what `db start` makes the first time."""

from __future__ import annotations

from datetime import datetime

from driftwatch.actions.local_data import Built, Data, build_local, replay_folder
from driftwatch.actions.local_url import LocalAtUrl
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress
from driftwatch.errors import left_untouched


def reset(
    project: Project, now: datetime, *, data: Data = "seed", progress: Progress = lambda line: None
) -> tuple[Built, int]:
    """Builds the local database anew from the folder's migrations; with how many they are.

    Raises MigrationFailed or another DriftwatchError; the local database is then as it was.
    """
    if project.local_at is not None:
        there = LocalAtUrl(project, project.local_at)
        with there.making(progress), left_untouched("The local database is as it was."):
            folder, replayed = replay_folder(project, progress)
            built = there.build(replayed, now, data=data, folder=folder, progress=progress)
        return built, len(folder.migrations)
    local = project.local_database()
    with local.making(progress), left_untouched("The local database is as it was."):
        folder, replayed = replay_folder(project, progress)
        return build_local(project, local, replayed, now, data=data, progress=progress), len(folder.migrations)
