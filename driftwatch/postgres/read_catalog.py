"""Reads every schema object of one database as plain values, in one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId
from driftwatch.core.rows import Columns, Objects, Row
from driftwatch.postgres.catalog_queries import queries as queries
from driftwatch.postgres.reading import ATTEMPTS, STATEMENT_SECONDS, read
from driftwatch.postgres.reading import catalog_version as catalog_version


def read_catalog(
    conn: psycopg.Connection[Any], *, statement_timeout: float = STATEMENT_SECONDS, attempts: int = ATTEMPTS
) -> Catalog:
    """Every schema object of the connected database at one moment.

    conn: idle; autocommit or not; it is left as found. statement_timeout: seconds for each query. attempts:
    how often to read when the schema changes meanwhile.
    A kind that the login may not read is named in `not_compared`.
    Raises DriftwatchError when the schema does not hold still or a query takes too long, Unreachable when the
    connection is lost.
    """
    return read(conn, _Collected, statement_timeout=statement_timeout, attempts=attempts)


class _Collected:
    """All objects, by id."""

    def __init__(self) -> None:
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
            self._objects[obj.id] = obj

    def result(self, server_version: int, refused: Sequence[NotCompared]) -> Catalog:
        return Catalog(self._objects, server_version, (*refused, *self._not_compared))
