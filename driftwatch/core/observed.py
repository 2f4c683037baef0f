"""What was seen while migrations ran on a copy of a remote's schema: values, and their form in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

RULES = "2"
"""Belongs to the key of what was seen: raised when it is looked at in another way."""

LOCKS = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
"""Table locks from the weakest to the strongest (Postgres's manual, Explicit Locking)."""


@dataclass(frozen=True, slots=True)
class Size:
    """How big a table of the remote is by its own statistics. rows: None = it was never analysed. bytes: all of it.

    What ANALYZE saw besides, by column, never a value: nulls: which part of the rows had none (0 to 1, only where any
    had none); repeated: which part of the rows had the same one (only where more than one had).
    """

    rows: int | None
    bytes: int | None
    nulls: Mapping[str, float] = field(default_factory=dict)
    repeated: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one statement did to one table that the remote has.

    table: as the remote calls it. lock: the strongest one held on it afterwards, "" for none that was seen; taken:
    whether this statement took it. read: it was read from end to end. built: indexes that were built on it. updated,
    deleted: rows, of so many made-up ones (of). retyped: column, old type, new type. converted: column, a made-up
    value, what became of it where that is not the same in the new type. not_null, unique: columns that the remote has,
    as it calls them, which from now on let no NULL or no value twice in. fills: it may have given rows other values,
    whether or not it did so with made-up ones. view: a materialized view.
    alone: the statement can't run in a transaction, so its lock ends with it.
    """

    table: str
    line: int
    statement: str
    kind: str
    lock: str = ""
    taken: bool = False
    rewritten: bool = False
    read: bool = False
    built: tuple[str, ...] = ()
    dropped: bool = False
    emptied: bool = False
    updated: int = 0
    deleted: int = 0
    of: int = 0
    columns_added: tuple[str, ...] = ()
    columns_dropped: tuple[str, ...] = ()
    retyped: tuple[tuple[str, str, str], ...] = ()
    converted: tuple[tuple[str, str, str], ...] = ()
    not_null: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    fills: bool = False
    view: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that Postgres refused. table, column: the ones that it names, "" for none."""

    line: int
    sqlstate: str
    message: str
    table: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one migration did, statement by statement.

    on_rows: what was refused only because the tables had (made-up) rows. again: what was refused when it ran a second
    time; inserted_again: the tables into
    which a second run that passed put rows once more. unseen: why not all was seen.
    """

    filename: str
    touches: tuple[Touch, ...] = ()
    on_rows: Refused | None = None
    again: Refused | None = None
    inserted_again: tuple[str, ...] = ()
    unseen: str = ""


def to_plain(watched: Watched) -> dict[str, Any]:
    """As a JSON file holds it."""
    return asdict(watched)


def from_plain(found: Mapping[str, Any]) -> Watched:
    """The same read back. Raises KeyError, TypeError or ValueError for anything else."""
    return Watched(
        filename=found["filename"],
        touches=tuple(_touch(one) for one in found["touches"]),
        on_rows=_refused(found["on_rows"]),
        again=_refused(found["again"]),
        inserted_again=tuple(found["inserted_again"]),
        unseen=found["unseen"],
    )


_LISTED = ("built", "columns_added", "columns_dropped", "not_null", "unique")


def _touch(found: Mapping[str, Any]) -> Touch:
    listed = {name: tuple(found[name]) for name in _LISTED}
    threes = {name: tuple((a, b, c) for a, b, c in found[name]) for name in ("retyped", "converted")}
    return Touch(**{**found, **listed, **threes})


def _refused(found: Mapping[str, Any] | None) -> Refused | None:
    return Refused(**found) if found is not None else None
