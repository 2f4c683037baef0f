"""What the pending migrations do to the tables that a remote has: seen on a copy of its schema, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from driftwatch import observed_folder
from driftwatch.actions.replay import Progress, keys_of
from driftwatch.core import base
from driftwatch.core.migrations import Migration
from driftwatch.core.observations import Finding, findings
from driftwatch.core.observed import RULES, Watched, from_plain, to_plain
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.observe import observe
from driftwatch.postgres.shadow import Shadows

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.remote_schema import RemoteSchema


def observations_for(
    project: Project, remote: RemoteSchema, pending: Sequence[Migration], progress: Progress
) -> tuple[Finding, ...]:
    """What is to be said of migrations that are known to pass on a copy of the remote, judged by its sizes.

    What was seen depends on schema and files alone and is looked up the next time; how grave it is, on the sizes too.
    """
    shadows = project.shadows_on(remote.schema_sql or "", f"the schema of {remote.name}")
    todo = base.on_top(shadows.options.base, pending)
    if not todo:
        return ()
    return findings(_watched(project, shadows, todo, progress), remote.sizes, remote.name)


def _watched(project: Project, shadows: Shadows, todo: Sequence[Migration], progress: Progress) -> tuple[Watched, ...]:
    folder = project.receipts.parent / "observed"
    key = f"{RULES} {keys_of(shadows, todo)[-1]}"
    known = _known(observed_folder.load(folder, key))
    if known is not None:
        return known
    progress(f"watching {len(todo)} pending")
    shadows.ensure_base()
    try:
        seen = observe(lambda: shadows.open(shadows.base_key), todo)
    except DriftwatchError as error:  # the proof stands all the same
        return (Watched(todo[0].filename, unseen=f"could not be watched: {error.message}"),)
    observed_folder.save(folder, key, [to_plain(one) for one in seen])
    return seen


def _known(found: Any) -> tuple[Watched, ...] | None:
    try:
        return tuple(from_plain(one) for one in found)
    except (KeyError, TypeError, ValueError):
        return None
