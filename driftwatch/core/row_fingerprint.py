"""The fingerprint straight from rows: each is hashed as it comes and thrown away.

Most objects are touched by no rule of the scope, and their bytes can be put together from pieces that repeat.
Whatever a rule says something about is made an object, and goes through `apply_scope` like everything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import getitem, itemgetter
from typing import Any

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId
from driftwatch.core.fingerprint import VERSION, facet_bytes, fingerprint_of, object_hash, text_bytes
from driftwatch.core.rows import Columns, Made, Objects, Row, folded
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.core.scope_rules import SECRET_KINDS


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """A database's fingerprint in scope, with what has no part in it. server_version: server_version_num."""

    value: str
    not_compared: tuple[NotCompared, ...]
    server_version: int


class SameName(Exception):
    """Two objects have one name: which of them counts, only the catalog can tell."""


class RowFingerprint:
    """Collects the rows of all kinds, kind after kind."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._hashes: list[bytes] = []
        self._rest: list[DbObject] = []
        self._kind: _Kind | None = None

    def begin(self, columns: Columns) -> None:
        """The rows that follow have these columns."""
        self._end_kind()
        self._kind = _Kind(columns, self._scope)

    def take(self, rows: Sequence[Row]) -> None:
        """Some rows of the kind that was begun."""
        assert self._kind is not None  # noqa: S101 - columns come before rows
        self._kind.take(rows, self._hashes.append, self._rest.append)

    def result(self, server_version: int, refused: Iterable[NotCompared]) -> Fingerprinted:
        """The fingerprint over everything that was taken. Raises SameName."""
        self._end_kind()
        self._kind = None
        rest = apply_scope(Catalog.of(self._rest, server_version, refused), self._scope)
        hashes = [*self._hashes, *(bytes.fromhex(object_hash(obj)) for obj in rest)]
        return Fingerprinted(fingerprint_of(hashes), rest.not_compared, server_version)

    def _end_kind(self) -> None:
        if self._kind is not None and self._kind.has_same_names():
            raise SameName


class _Touched(Exception):
    """A value that the scope has something to say about."""


class _Kind:
    """The rows of one query."""

    def __init__(self, columns: Columns, scope: Scope) -> None:
        self._columns = columns
        self._scope = scope
        self._objects = Objects(columns)
        self._routes = Made(self._route)
        self._begin = Made(lambda kind: VERSION.encode() + text_bytes(kind))
        self._names: set[int] = set()
        self._count = 0
        makers = {name: self._piece_maker(name) for name in columns.facets}
        order = {name: columns.names.index(name) for name in columns.facets}
        if columns.acl_at >= 0:
            makers["acl"] = _acl_bytes if columns.acl_default_at >= 0 else lambda raw: _acl_bytes((raw, None))
            order["acl"] = len(columns.names) if columns.acl_default_at >= 0 else columns.acl_at
        self._pieces = [Made(makers[name]) for name in sorted(makers)]
        self._in_order = itemgetter(*(order[name] for name in sorted(makers)), 0, 0)  # never one alone: a tuple

    def take(self, rows: Sequence[Row], keep: Callable[[bytes], None], leave: Callable[[DbObject], None]) -> None:
        """Gives the hashes of what no rule touches to `keep`, and the rest as objects to `leave`."""
        columns, routes, pieces, in_order = self._columns, self._routes, self._pieces, self._in_order
        kind_of, schema_at, identity_at = columns.kind_of, columns.schema_at, columns.identity_at
        grants = columns.acl_of if columns.acl_default_at >= 0 else None
        for row in rows:
            kind, identity = kind_of(row), row[identity_at]
            self._names.add(hash((kind, identity)))
            looked, verdicts = routes[kind, row[schema_at]]
            if not verdicts[looked(row)]:
                leave(self._object(row))
                continue
            try:
                facets = b"".join(map(getitem, pieces, in_order((*row, grants(row)) if grants else row)))
            except _Touched:
                leave(self._object(row))
                continue
            keep(sha256(self._begin[kind] + text_bytes(identity) + facets).digest())
        self._count += len(rows)

    def has_same_names(self) -> bool:
        return len(self._names) < self._count

    def _object(self, row: Row) -> DbObject:
        return next(self._objects.of((row,)))

    def _route(self, of: tuple[str, str]) -> tuple[Callable[[Row], Any], Made[bool]]:
        """What of a row the rules for its kind and schema look at, and what follows from it."""
        kind, schema = of
        columns, scope = self._columns, self._scope
        names = [name for name in sorted(scope.looks_at(kind, schema)) if name in columns.names]
        if kind in SECRET_KINDS or not all(entry.cut for entry in scope.ignored_of(kind)):
            return itemgetter(columns.schema_at), Made(lambda _: False)

        def untouched(values: Any) -> bool:
            looked = dict(zip(names, values if len(names) > 1 else (values,), strict=False))
            facets = {name: columns.maker(name)(raw) for name, raw in looked.items() if raw is not None}
            rule = scope.rule_for(DbObject(ObjectId(kind, str(looked.get("identity"))), schema, facets))
            return rule is None or (rule.keep and not rule.only)

        return itemgetter(*map(columns.names.index, names or ["schema"])), Made(untouched)

    def _piece_maker(self, name: str) -> Callable[[Any], bytes]:
        """Turns a raw value into the bytes of the facet. What is made raises _Touched where the scope has a say."""
        make = self._columns.maker(name)
        cuts = [entry.cut for entry in self._scope.ignored_facets if entry.facet == name and entry.cut]

        def piece(raw: Any) -> bytes:
            if raw is None:
                return b""
            value = make(raw)
            if isinstance(value, bool | int):
                return facet_bytes(name, value)
            if "(hidden)" in str(raw) or (cuts and any(re.search(cut, str(raw)) for cut in cuts)):
                raise _Touched
            return facet_bytes(name, value)

        return piece


def _acl_bytes(raw: tuple[str | None, str | None]) -> bytes:
    """The facets that grants make, which stand together: no name comes between `acl` and `acl_grantors`."""
    return b"".join(facet_bytes(*facet) for facet in sorted(folded(raw).items()))
