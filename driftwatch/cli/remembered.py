"""What commands read of the daemon's memory and write into it, whether it runs or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from driftwatch.core import alerts
from driftwatch.core.alerts import Decision
from driftwatch.core.remote_state import Ack, RemoteState
from driftwatch.daemon.state import Route, SqliteState
from driftwatch.errors import DriftwatchError, UsageError

if TYPE_CHECKING:
    from driftwatch.actions.project import Project

STATE = "daemon.sqlite3"
"""The memory's file in the project's home."""


@contextmanager
def opened(project: Project) -> Iterator[SqliteState]:
    """The daemon's memory. Raises DriftwatchError where there is none, or where it cannot be used."""
    path = project.home / STATE
    if not path.exists():
        raise DriftwatchError("No daemon has watched this project yet.", next_step="driftwatch daemon run")
    state = SqliteState(path, mend=False)
    try:
        yield state
    except sqlite3.Error as error:
        raise DriftwatchError(
            f"The daemon's memory {path} cannot be used just now: {error}.",
            next_step="Type it again. Whether the daemon can use it: driftwatch daemon status",
        ) from error
    finally:
        state.close()


def drift_to_acknowledge(project: Project, remote: str, drift_id: str) -> str:
    """The short name of this drift where the daemon knows it and nobody acknowledged it; else ""."""
    if not (project.home / STATE).exists():
        return ""
    # It stands beside what differs, which must not stay unsaid because of it.
    with suppress(DriftwatchError, sqlite3.Error), opened(project) as state:
        known = state.remote(remote)
        return known.drift_name if known and known.drift_id == drift_id and known.ack is None else ""
    return ""


def acknowledge(state: SqliteState, names: Sequence[str], ack: Ack, route: Route) -> list[RemoteState]:
    """Acknowledges the drifts of these names, and tells the channels. Raises UsageError for a name that is none."""
    return _change(state, names, ack.at, partial(alerts.acknowledge, ack=ack), route)


def take_back(state: SqliteState, names: Sequence[str], now: datetime) -> list[RemoteState]:
    """Undoes that. Raises UsageError for a name that is none."""
    return _change(state, names, now, lambda known: Decision(replace(known, ack=None)), lambda alert: ())


def moment_of(text: str, now: datetime, *, future: bool) -> datetime:
    """A time as people type it: from now on or back ("3d"), or a date with or without a time, as the clocks here go.

    Raises UsageError for anything else.
    """
    from driftwatch.settings import duration

    try:
        seconds = timedelta(seconds=int(duration(text)))
        return now + seconds if future else now - seconds
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f'{text}: expected a time such as "3d", "12h", "2025-03-01" or "2025-03-01 09:00".') from None


def _change(
    state: SqliteState,
    names: Sequence[str],
    at: datetime,
    decide: Callable[[RemoteState], Decision],
    route: Route,
) -> list[RemoteState]:
    """Changes what is known of the drifts of these names: of all, or of none that is not there."""
    present = {one.drift_name: one for one in state.remotes() if one.drift_id}
    for name in names:
        if name not in present:
            there = ", ".join(f"{known} ({one.remote})" for known, one in present.items()) or "none"
            raise UsageError(f"{name} is no present drift. Present: {there}.", untouched="Nothing was changed.")
    changed = []
    for name in dict.fromkeys(names):
        decision = state.change(present[name].remote, at, partial(_only, name, decide), route)
        if decision is not None:
            changed.append(decision.state)
    return changed


def _only(name: str, decide: Callable[[RemoteState], Decision], state: RemoteState) -> Decision:
    """A check may just have found another drift, which nobody has seen yet."""
    if state.drift_name != name:
        raise UsageError(f"The drift on {state.remote} is another one now: {state.drift_name or 'none'}.")
    return decide(state)
