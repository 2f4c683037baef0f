"""What differs between two catalogs, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from driftwatch.core.catalog import ObjectId, Value

Change = Literal["added", "removed", "changed"]
Severity = Literal["security", "destructive", "structural", "cosmetic"]
SEVERITIES: tuple[Severity, ...] = ("security", "destructive", "structural", "cosmetic")
"""From the gravest on."""


class Place(NamedTuple):
    """Where an added or removed object stood among its siblings that both sides have.

    behind: the nearest of them before it, "" when it came first. number, of: which one it is of how many
    that stand there. last: none of them comes after it.
    """

    behind: str
    number: int
    of: int
    last: bool


@dataclass(frozen=True, slots=True)
class FacetChange:
    """One facet's value on both sides; None where the object does not have it."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """One object that differs, with all facets when it is on one side only.

    why: what makes it graver than structural, in words; "" when it is not. place: None where order means
    nothing. Neither is part of what the change *is*, so they stay out of its repr, which names a drift.
    """

    id: ObjectId
    change: Change
    facets: tuple[FacetChange, ...]
    severity: Severity
    why: str = field(default="", repr=False)
    place: Place | None = field(default=None, repr=False)
