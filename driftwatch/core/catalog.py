"""A database's schema as plain values: objects with facets, read at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | bool | int | tuple[str, ...] | None
"""What a facet can be; lists are already in their canonical order."""


class ObjectId(NamedTuple):
    """Which object: its kind ("table", "policy" …) and its identity as Postgres would quote it.

    Identities are unique within a kind and need no other database to be understood:
    `public.orders`, `public.orders.total`, `public.add(integer, integer)`, `"My Policy" on public.orders`.
    """

    kind: str
    identity: str


@dataclass(frozen=True, slots=True)
class DbObject:
    """One schema object. `schema` is the one it lives in ("" for cluster- and database-wide objects).

    normal: of an object that the platform made, whose facets are only those that deviate from what it makes: what
    these normally are. A database without the object has it as the platform makes it, see `normal.filled`.
    """

    id: ObjectId
    schema: str
    facets: Mapping[str, Value]
    normal: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Something that was left out of the comparison, and why. Never left unsaid."""

    what: str
    reason: str


@dataclass(frozen=True)
class Catalog:
    """All objects of one database at one moment, by id, with what could not be read.

    server_version: as Postgres's server_version_num (170010 = 17.10).
    """

    objects: Mapping[ObjectId, DbObject]
    server_version: int
    not_compared: tuple[NotCompared, ...] = field(default=())

    @classmethod
    def of(cls, objects: Iterable[DbObject], server_version: int, not_compared: Iterable[NotCompared] = ()) -> Catalog:
        return cls({obj.id: obj for obj in objects}, server_version, tuple(not_compared))

    def __iter__(self) -> Iterator[DbObject]:
        return iter(self.objects.values())

    def __len__(self) -> int:
        return len(self.objects)
