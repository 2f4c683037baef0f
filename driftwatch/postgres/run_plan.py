"""Runs the statements of a plan on a throw-away server, as the role that will run them on the real one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import psycopg
from psycopg import sql

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.connect import Connection


def run_statements(conn: Connection, statements: Iterable[str], creator: str) -> str:
    """Runs them one by one on the superuser's session; the statement and Postgres's words when it refuses one."""
    conn.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(creator)))
    for statement in statements:
        try:
            conn.execute(cast(Any, statement.encode()))
        except psycopg.Error as error:
            return f"{statement}\n{error.diag.message_primary or error}"
    return ""


def restore(conn: Connection, script: str, what: str) -> None:
    """Runs a whole script on the superuser's session. Raises DriftwatchError with Postgres's words."""
    try:
        conn.execute(cast(Any, script.encode()))
        conn.execute("RESET ALL")
    except psycopg.Error as error:
        raise DriftwatchError(
            f"Could not make {what} in the shadow: {error.diag.message_primary or error}",
            untouched="Nothing was changed.",
        ) from error
