"""A few rows in the tables of a shadow, so that a plan that loses rows is seen to lose them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import psycopg

from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query

ROWS = 2


def seed_rows(conn: Connection, tables: Iterable[str]) -> dict[str, int]:
    """Puts rows into each table (named as the catalog names it) that takes made-up ones; how many each now has.

    conn: the superuser's, on a throw-away server. Foreign keys and triggers are not asked; a table whose checks
    or types refuse such rows stays empty.
    """
    wanted = list(tables)
    conn.execute("SET session_replication_role = replica")
    statements = conn.execute(cast(Any, query("seed_rows")), {"tables": wanted}).fetchall()
    for _, statement in statements:
        for number in range(1, ROWS + 1):
            try:
                conn.execute(cast(Any, statement.replace("$n$", str(number)).encode()))
            except psycopg.Error:
                break
    conn.execute("RESET session_replication_role")
    return {name: count for name, count in count_rows(conn, (name for name, _ in statements)).items() if count}


def count_rows(conn: Connection, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has. Names are as the catalog quotes them."""
    found = {}
    for name in tables:
        row = conn.execute(cast(Any, f"SELECT count(*) FROM {name}".encode())).fetchone()  # noqa: S608 - quoted already
        found[name] = int(row[0]) if row else 0
    return found
