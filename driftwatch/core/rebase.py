"""New versions for unapplied migrations that would run before what a remote has already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from driftwatch.core.migrations import Migration
from driftwatch.core.new_migration import later


@dataclass(frozen=True, slots=True)
class Move:
    """One file's new name."""

    old: str
    new: str


def rebase(unapplied: Sequence[Migration], applied: Iterable[str]) -> tuple[Move, ...]:
    """Which of the unapplied files get a new version, so that all run after the applied ones, in their old order.

    unapplied: in order; applied: versions of every remote. Files that come after all of them keep theirs, unless
    one before them is moved up to it.
    """
    floor = max(applied, default="")
    moves = []
    for one in unapplied:
        if one.version > floor:
            floor = one.version
            continue
        floor = later(floor)
        moves.append(Move(one.filename, f"{floor}_{one.filename.partition('_')[2]}"))
    return tuple(moves)
