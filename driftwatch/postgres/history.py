"""The applied-versions table `supabase_migrations.schema_migrations`, shared with the Supabase CLI."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import sql

from driftwatch.core.migrations import Applied
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query


def read(conn: Connection) -> tuple[Applied, ...]:
    """What the database says was applied, in order; empty where there is no such table yet.

    Raises DriftwatchError where the table may not be read: that is not the same as an empty history.
    """
    with _reading():
        try:
            rows = conn.execute(cast(Any, query("read_history"))).fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return ()
    return tuple(
        Applied(version, name or "", None if statements is None else tuple(statements))
        for version, name, statements in rows
    )


def digest(conn: Connection) -> str:
    """A hash over the whole history, every column; "" where there is no such table yet. Raises as `read`."""
    with _reading():
        try:
            row = conn.execute(
                "SELECT md5(string_agg(h::text, ' ' ORDER BY version)) FROM supabase_migrations.schema_migrations AS h"
            ).fetchone()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return ""
    return str(row[0]) if row else ""


@contextmanager
def _reading() -> Iterator[None]:
    """Says what the login lacks where it may not read the table, and all else as `translated` does."""
    with translated("Could not read the history supabase_migrations.schema_migrations"):
        try:
            yield
        except psycopg.errors.InsufficientPrivilege as error:
            why = error.diag.message_primary
            raise DriftwatchError(
                f"The login may not read the history supabase_migrations.schema_migrations: {why}.",
                untouched="This says nothing about drift.",
                next_step="driftwatch remote role --sql prints the grants that it needs; run them there.",
            ) from error


def ensure(conn: Connection) -> None:
    """Makes the table where it is missing, as the Supabase CLI would; leaves any other columns alone."""
    with translated("Could not make the history table"):
        present = conn.execute(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'supabase_migrations' "
            "AND table_name = 'schema_migrations' AND column_name IN ('version', 'statements', 'name')"
        ).fetchone()
        if present is None or present[0] < 3:
            conn.execute(cast(Any, query("create_history")))


def record(conn: Connection, version: str, name: str, statements: list[str], *, once: bool = False) -> None:
    """Adds a row; runs in the transaction that is open, if there is one.

    once: a version that is there already stays as it is. Raises psycopg's UniqueViolation otherwise.
    """
    conn.execute(row(version, name, statements, once=once))


def row(version: str, name: str, statements: list[str], *, once: bool = False) -> sql.Composed:
    """The statement that adds a row, to be sent together with others. once: see `record`."""
    text = query("record_migration") + ("ON CONFLICT (version) DO NOTHING" if once else "")
    return sql.SQL(cast(Any, text)).format(version, name, statements)


def forget(conn: Connection, version: str) -> None:
    """Removes one row; runs in the transaction that is open, if there is one."""
    conn.execute("DELETE FROM supabase_migrations.schema_migrations WHERE version = %s", (version,))


def raw_rows(conn: Connection) -> str:
    """Every row with every column, those that we do not know too, as JSON; "[]" where there is no table."""
    with _reading():
        try:
            row = conn.execute(cast(Any, query("copy_history"))).fetchone()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return "[]"
    return str(row[0]) if row else "[]"


def replace_rows(conn: Connection, rows: list[dict[str, Any]]) -> None:
    """Makes the table hold exactly these rows, as `raw_rows` gave them."""
    conn.execute("DELETE FROM supabase_migrations.schema_migrations")
    conn.execute(cast(Any, query("restore_history")), (json.dumps(rows),))
