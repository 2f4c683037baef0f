"""How long something takes on the remote that takes as long as a table is big, and how much that matters."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.core.findings import Severity
from driftwatch.core.observed import Size
from driftwatch.core.pace import Pace
from driftwatch.core.rough_numbers import count, duration

_UNNOTICED_SECONDS, _ENDURED_SECONDS = 1.0, 30.0
"""Who waits less than the first hardly notices; after the second most clients, pools and proxies have given up, and
what waits has used up the connections. Both are rather low, because what is measured is a lower bound."""
_MB = 1 << 20
WORTH_MEASURING = 64 * _MB
"""Bytes; what is smaller takes a moment anyway."""
_BIG = 4096 * _MB
_BYTES_PER_ROW = 200
"""Where nothing better is known."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """words: `for at least about 2 minutes (…)`. seconds: None where it was not measured."""

    severity: Severity
    words: str
    seconds: float | None = None


_BY_CLASS = {
    "small": Lasting("advice", "for a moment"),
    "middle": Lasting("warning", "for seconds, perhaps minutes"),
    "big": Lasting("error", "for minutes, perhaps longer"),
    "unknown": Lasting("warning", "as long as that takes"),
}


def how_long(size: Size, pace: Pace | None, *, sorts: bool, remote: str) -> Lasting:
    """As it was measured, else by how big the table is. sorts: an index is built. remote: its name, for the words."""
    seconds = pace.seconds(size, sorts=sorts) if pace else None
    if pace is None or seconds is None:
        return _BY_CLASS[_class(size)]
    rows = " and ".join(count(one.rows) for one in (pace.smaller, pace.larger))
    measured = f"(measured on this computer with {rows} rows; {remote} may be slower)"
    if seconds < _UNNOTICED_SECONDS:
        return Lasting("advice", f"for a moment {measured}", seconds)
    severity: Severity = "warning" if seconds < _ENDURED_SECONDS else "error"
    return Lasting(severity, f"for at least about {duration(seconds)} {measured}", seconds)


def _class(size: Size) -> str:
    if size.rows is None and (size.bytes is None or size.bytes >= _MB):
        return "unknown"
    bytes_ = size.bytes if size.bytes is not None else (size.rows or 0) * _BYTES_PER_ROW
    return "small" if bytes_ < WORTH_MEASURING else "middle" if bytes_ < _BIG else "big"
