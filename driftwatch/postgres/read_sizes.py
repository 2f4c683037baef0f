"""How big a remote's tables are, by its own statistics."""

from __future__ import annotations

from typing import Any, cast

import psycopg

from driftwatch.core.observed import Size
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query


def read_sizes(conn: Connection) -> dict[str, Size]:
    """By table, named as the catalog names it. Empty where the server would not say without delay."""
    try:
        with conn.transaction():
            # Measuring a file waits for whoever changes the table; nobody needs sizes that much.
            conn.execute("SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'")
            rows = conn.execute(cast(Any, query("sizes"))).fetchall()
    except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable, psycopg.errors.InsufficientPrivilege):
        return {}
    return {name: Size(count, size) for name, count, size in rows}
