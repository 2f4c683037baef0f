"""A new migration file, later than every version that is known here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from driftwatch.actions.plan import plan_between, require
from driftwatch.actions.project import Project
from driftwatch.actions.remote_schema import last_seen
from driftwatch.actions.replay import Progress
from driftwatch.actions.sides import read_side
from driftwatch.core.migration_names import slug_of, template
from driftwatch.core.new_migration import header, next_version
from driftwatch.core.plan_text import as_sql
from driftwatch.errors import DriftwatchError
from driftwatch.migrations_folder import new_file


def new_migration(
    project: Project,
    name: str,
    now: datetime,
    *,
    description: str = "",
    from_diff: bool = False,
    progress: Progress = lambda line: None,
) -> Path:
    """Writes the file; its path. from_diff: with what the local database has beyond the migrations.

    Raises UsageError for a name that says nothing, DriftwatchError where there is no difference to write down.
    """
    slug = slug_of(name)
    filename = f"{next_version(now, _taken(project))}_{slug}.sql"
    text = template(filename, slug, description, now, served=bool(project.lint.exposed))
    if from_diff:
        text = header(filename, now, [description or "What the local database had."]) + _difference(project, progress)
    return new_file(project.migrations_path, filename, text)


def _taken(project: Project) -> list[str]:
    """Versions of the folder, and of every remote as it was last seen from here."""
    seen = [last_seen(project, remote) for remote in project.remotes]
    theirs = [row.version for one in seen if one is not None for row in one.applied]
    return [*(one.version for one in project.folder().migrations), *theirs]


def _difference(project: Project, progress: Progress) -> str:
    before, after = (read_side(project, target, progress) for target in ("migrations", "local"))
    planned = plan_between(project, before, after)
    if not planned.plan.planned:
        raise DriftwatchError(
            "The local database is what the migrations make.",
            untouched="Nothing was written.",
            next_step="Change it first (driftwatch db psql), or leave --from-diff out.",
        )
    require(planned, "driftwatch diff migrations local --sql")
    return as_sql(planned.plan)
