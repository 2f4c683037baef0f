"""How big a remote's tables are and what else its own statistics tell of them, never a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import psycopg

from driftwatch.core.observed import Size
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query


def read_sizes(conn: Connection) -> dict[str, Size]:
    """By table, named as the catalog names it. Empty where the server would not say without delay."""
    sizes = {name: Size(count, size) for name, count, size in _ask(conn, "sizes")}
    for name, column, nulls, repeated in _ask(conn, "column_statistics"):
        if (size := sizes.get(name)) is None:
            continue
        known = {column: nulls} if nulls else {}, {column: repeated} if repeated else {}
        sizes[name] = replace(size, nulls={**size.nulls, **known[0]}, repeated={**size.repeated, **known[1]})
    return sizes


def _ask(conn: Connection, name: str) -> list[Any]:
    try:
        with conn.transaction():
            # Measuring a file waits for whoever changes the table; nobody needs statistics that much.
            conn.execute("SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'")
            return conn.execute(cast(Any, query(name))).fetchall()
    except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable, psycopg.errors.InsufficientPrivilege):
        return []
