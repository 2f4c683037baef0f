"""Reads every schema object of one database as plain values, in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import psycopg

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId
from driftwatch.core.rows import Columns, Objects, Row
from driftwatch.postgres.catalog_queries import queries as queries
from driftwatch.postgres.reading import ATTEMPTS, STATEMENT_SECONDS, read, read_data
from driftwatch.postgres.reading import catalog_version as catalog_version


def read_catalog(
    conn: psycopg.Connection[Any],
    *,
    statement_timeout: float = STATEMENT_SECONDS,
    attempts: int = ATTEMPTS,
    like: Catalog | None = None,
) -> Catalog:
    """Every schema object of the connected database at one moment.

    conn: idle; autocommit or not; it is left as found. statement_timeout: seconds for each query. attempts:
    how often to read when the schema changes meanwhile. like: one that was read before; the objects that are equal are
    then its own, so that two catalogs take little more memory than one.
    A kind that the login may not read is named in `not_compared`.
    Raises DriftwatchError when the schema does not hold still or a query takes too long, Unreachable when the
    connection is lost.
    """
    present = like.objects if like is not None and like.server_version == conn.info.server_version else {}
    return read(conn, partial(_Collected, present), statement_timeout=statement_timeout, attempts=attempts)


def read_data_rows(conn: psycopg.Connection[Any]) -> Catalog:
    """The rows that behave like schema, and nothing else. Raises as `read_catalog` does."""
    return read_data(conn, _Collected({}))


class _Collected:
    """All objects, by id; those that are present already in their place."""

    def __init__(self, present: Mapping[ObjectId, DbObject]) -> None:
        self._present = present
        self._objects: dict[ObjectId, DbObject] = {}
        self._not_compared: list[NotCompared] = []
        self._kind: Objects | None = None

    def begin(self, columns: Columns) -> None:
        self._kind = Objects(columns)

    def take(self, rows: Sequence[Row]) -> None:
        assert self._kind is not None  # noqa: S101 - columns come before rows
        for obj in self._kind.of(rows):
            if obj.id in self._objects:
                what = f"{obj.id.kind} {obj.id.identity}"
                self._not_compared.append(NotCompared(what, "two objects have this name"))
            known = self._present.get(obj.id)
            kept = known if known == obj else obj
            self._objects[kept.id] = kept

    def result(self, server_version: int, refused: Sequence[NotCompared]) -> Catalog:
        return Catalog(self._objects, server_version, (*refused, *self._not_compared))
