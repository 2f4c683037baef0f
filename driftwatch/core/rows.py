"""Rows of the catalog queries as objects. What repeats (types, grants, comments) is made once and shared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from driftwatch.core.acl import fold
from driftwatch.core.catalog import DbObject, ObjectId, Value

Row = tuple[Any, ...]
T = TypeVar("T")
_NOT_FACETS = frozenset({"kind", "schema", "identity", "acl", "acl_default"})
_KEPT = 1024


class Made(dict[Any, T]):
    """What was made of each raw value. Bounded: neighbours are alike, so it may forget everything at times."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, raw: Any) -> T:
        if len(self) >= _KEPT:
            self.clear()
        made = self[raw] = self._make(raw)
        return made


class Columns:
    """What the columns of one query are, which their names alone tell.

    kind: of rows that have no column `kind`. lists: the names of the columns that hold arrays, as Postgres writes
    them (`{a,b}`).
    """

    def __init__(self, kind: str, names: Sequence[str], lists: Collection[str] = ()) -> None:
        self.kind = kind
        self.names = tuple(names)
        self.lists = frozenset(lists)
        self.facets = tuple(name for name in names if name not in _NOT_FACETS)
        self.kind_at = self._at("kind")
        self.schema_at = names.index("schema")
        self.identity_at = names.index("identity")
        self.acl_at = self._at("acl")
        self.acl_default_at = self._at("acl_default")

    def _at(self, name: str) -> int:
        return self.names.index(name) if name in self.names else -1

    def maker(self, name: str) -> Callable[[Any], Value]:
        """Turns a column's raw values into those of the facet."""
        return _list if name in self.lists else _plain

    def kind_of(self, row: Row) -> str:
        kind: str = row[self.kind_at] if self.kind_at >= 0 else self.kind
        return kind

    def acl_of(self, row: Row) -> tuple[str | None, str | None]:
        """The grants and what an untouched object has, both raw."""
        return row[self.acl_at], row[self.acl_default_at] if self.acl_default_at >= 0 else None


class Objects:
    """Makes rows of one query into objects."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._facets = [(name, columns.names.index(name), Made(columns.maker(name))) for name in columns.facets]
        self._folded = Made(folded)

    def of(self, rows: Iterable[Row]) -> Iterator[DbObject]:
        columns, facets, has_acl = self._columns, self._facets, self._columns.acl_at >= 0
        schema_at, identity_at = columns.schema_at, columns.identity_at
        for row in rows:
            values = {name: made[raw] for name, at, made in facets if (raw := row[at]) is not None}
            if has_acl:
                values.update(self._folded[columns.acl_of(row)])
            yield DbObject(ObjectId(columns.kind_of(row), row[identity_at]), row[schema_at], values)


def folded(raw: tuple[str | None, str | None]) -> dict[str, Value]:
    """The facets that grants make, from the raw grants and the raw default."""
    acl, default = raw
    if acl is None:
        return {}
    grants, grantors = fold(items(acl), None if default is None else items(default))
    facets: dict[str, Value] = {"acl": grants} if grants else {}
    if grantors:
        facets["acl_grantors"] = grantors
    return facets


def items(text: str) -> tuple[str, ...]:
    """The entries of an array of texts as Postgres writes it: `{a,"b,\\"c\\""}`. One dimension, no NULLs."""
    if '"' not in text:
        return tuple(text[1:-1].split(",")) if text != "{}" else ()
    found: list[str] = []
    entry: list[str] = []
    quoted = False
    letters = iter(text[1:-1])
    for letter in letters:
        if letter == "\\":
            entry.append(next(letters))
        elif letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            found.append("".join(entry))
            entry.clear()
        else:
            entry.append(letter)
    return (*found, "".join(entry))


def _plain(raw: Any) -> Value:
    # A database without an encoding gives bytes.
    value: Value = raw.decode("utf-8", "backslashreplace") if isinstance(raw, bytes) else raw
    return value


def _list(raw: Any) -> Value:
    return items(str(_plain(raw)))
