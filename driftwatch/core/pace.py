"""How long a statement takes on a table as big as the remote's, by how long it took on two that were made up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from driftwatch.core.observed import Size

RULES = "1"
"""Belongs to the key of what was measured: raised when it is measured in another way."""

Place = tuple[str, int]
"""A statement: the file, and the line from 1."""


@dataclass(frozen=True, slots=True)
class Timing:
    """seconds: how long a statement took on a table of so many rows. bytes: all of it, with its indexes."""

    rows: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """One statement on one table, timed twice."""

    smaller: Timing
    larger: Timing

    def seconds(self, size: Size, *, sorts: bool) -> float | None:
        """How long it takes at least on a table of this size; None where the two timings do not tell.

        sorts: it builds an index, which takes somewhat longer for each row the more there are. What a row costs and
        what a byte costs are not told apart; the lower figure is taken, because it is said as one that is exceeded:
        a remote's disks and its other work, of which there are none here, add to it.
        """
        one, two = self.smaller, self.larger
        found = []
        if size.rows is not None and two.rows > one.rows:
            grown = _sorting if sorts else float
            found.append(self._at(grown(size.rows), grown(one.rows), grown(two.rows)))
        if size.bytes is not None and two.bytes > one.bytes:
            found.append(self._at(size.bytes, one.bytes, two.bytes))
        return min(found) if found and two.seconds > one.seconds else None

    def _at(self, there: float, one: float, two: float) -> float:
        slope = (self.larger.seconds - self.smaller.seconds) / (two - one)
        return max(0.0, self.smaller.seconds + slope * (there - one))


def _sorting(rows: int) -> float:
    return rows * math.log2(max(rows, 2))


def to_plain(paces: Mapping[Place, Pace]) -> list[dict[str, Any]]:
    """As a JSON file holds it."""
    return [{"filename": filename, "line": line, **asdict(pace)} for (filename, line), pace in paces.items()]


def from_plain(found: Any) -> dict[Place, Pace]:
    """The same read back. Raises KeyError, TypeError or ValueError for anything else."""
    return {(one["filename"], one["line"]): Pace(Timing(**one["smaller"]), Timing(**one["larger"])) for one in found}
