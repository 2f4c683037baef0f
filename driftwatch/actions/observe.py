"""What the pending migrations do to the tables that a remote has: seen on a copy of its schema, and kept."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from driftwatch import kept_folder
from driftwatch.actions.replay import Progress, keys_of
from driftwatch.core import base, pace
from driftwatch.core.findings import Finding
from driftwatch.core.migrations import Migration
from driftwatch.core.observations import findings, worth_measuring
from driftwatch.core.observed import RULES, Watched, from_plain, to_plain
from driftwatch.core.pace import Pace, Place
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.observe import observe
from driftwatch.postgres.pace import Ground, measure
from driftwatch.postgres.shadow import Shadows

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.remote_schema import RemoteSchema

_MEASURING_SECONDS = 8.0
"""How long verify may take longer the first time, so that how long statements take on the remote can be told."""


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
    watched = _watched(project, shadows, todo, progress)
    unmeasured = findings(watched, remote.sizes, remote.name)
    paces = _paces(project, shadows, todo, watched, worth_measuring(unmeasured), progress)
    return findings(watched, remote.sizes, remote.name, paces) if any(paces.values()) else unmeasured


def _watched(project: Project, shadows: Shadows, todo: Sequence[Migration], progress: Progress) -> tuple[Watched, ...]:
    folder = project.receipts.parent / "observed"
    key = f"{RULES} {keys_of(shadows, todo)[-1]}"
    known = _known(kept_folder.load(folder, key))
    if known is not None:
        return known
    progress(f"watching {len(todo)} pending")
    shadows.ensure_base()
    try:
        seen = observe(lambda: shadows.open(shadows.base_key), todo)
    except DriftwatchError as error:  # the proof stands all the same
        return (Watched(todo[0].filename, unseen=f"could not be watched: {error.message}"),)
    kept_folder.save(folder, key, [to_plain(one) for one in seen])
    return seen


def _paces(
    project: Project,
    shadows: Shadows,
    todo: Sequence[Migration],
    watched: Sequence[Watched],
    wanted: Mapping[str, Set[Place]],
    progress: Progress,
) -> dict[str, dict[Place, Pace]]:
    """How long the wanted statements took on tables that were filled, by table; nothing of those that could not be.

    What was measured, or could not be, is kept: it depends on schema, files and table, not on the remote's sizes.
    """
    folder = project.receipts.parent / "observed"
    ground = f"{pace.RULES} {RULES} {keys_of(shadows, todo)[-1]}"
    until = time.monotonic() + _MEASURING_SECONDS
    paces: dict[str, dict[Place, Pace]] = {}
    for table, places in wanted.items():
        key = f"{ground} {table}"
        try:
            paces[table] = pace.from_plain(kept_folder.load(folder, key))
            continue
        except (KeyError, TypeError, ValueError):  # nothing was kept, or something else
            if time.monotonic() >= until:  # the next time there is time for it
                continue
        progress(f"measuring with rows in {table}")
        shadows.ensure_base()
        paces[table] = _measured(shadows, todo, watched, table, places, until)
        if paces[table] or time.monotonic() < until:
            kept_folder.save(folder, key, pace.to_plain(paces[table]))
    return paces


def _measured(
    shadows: Shadows,
    todo: Sequence[Migration],
    watched: Sequence[Watched],
    table: str,
    places: Set[Place],
    until: float,
) -> dict[Place, Pace]:
    """Where a migration fails only because there are rows, they come after it; what is later is measured apart."""
    found: dict[Place, Pace] = {}
    begins = [0, *(index + 1 for index, one in enumerate(watched) if one.on_rows)]
    for begin, end in zip(begins, [*begins[1:], len(watched)], strict=True):
        files = {one.filename for one in watched[begin:end]}
        if here := {place for place in places if place[0] in files}:
            found |= measure(Ground(lambda: shadows.open(shadows.base_key), todo, begin, until), table, here)
    return found


def _known(found: Any) -> tuple[Watched, ...] | None:
    try:
        return tuple(from_plain(one) for one in found)
    except (KeyError, TypeError, ValueError):
        return None
