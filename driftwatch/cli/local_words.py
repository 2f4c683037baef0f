"""What people and scripts see of the local database: rows that were carried over, former states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from driftwatch.core.rough_numbers import volume
from driftwatch.core.text import clean

if TYPE_CHECKING:
    from driftwatch.actions.local_data import Built
    from driftwatch.postgres.local import FormerState


def carried_lines(built: Built | None) -> list[str]:
    """What became of the former database's rows, where they were to be kept."""
    if built is None:
        return []
    lines = [f"  not made: {clean(one)}" for one in built.missing]
    if built.carried is None:
        return lines
    tables = built.carried.tables
    lines += [f"Carried over {sum(tables.values())} rows of {len(tables)} tables."]
    for one in built.carried.left:
        rows = f"{one.rows} row{'s' if one.rows != 1 else ''}" if one.rows else "a part"
        lines.append(f"  not carried: {clean(one.table)} ({rows}): {clean(one.reason)}")
    return lines


def carried_json(built: Built | None) -> dict[str, Any] | None:
    if built is None or built.carried is None:
        return None
    left = [{"table": one.table, "rows": one.rows, "reason": one.reason} for one in built.carried.left]
    return {"tables": built.carried.tables, "left": left}


def state_line(state: FormerState) -> str:
    """A former state for `undo list`."""
    return f"{state.until:%Y-%m-%d %H:%M:%S} UTC  {volume(state.size):>9}"
