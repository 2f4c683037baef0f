"""The record of seeds that ran, `supabase_migrations.seed_files`, shared with the Supabase CLI."""

from __future__ import annotations

from typing import Any, cast

import psycopg

from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query


def ensure(conn: Connection) -> None:
    """Makes the table where it is missing."""
    with translated("Could not make the record of seeds"):
        conn.execute(cast(Any, query("create_seed_files")))


def record(conn: Connection, path: str, sha256: str) -> None:
    """Notes that the seed ran with this content. path: relative to the project's root, as the CLI writes it."""
    ensure(conn)
    with translated("Could not record the seed"):
        conn.execute(
            "INSERT INTO supabase_migrations.seed_files (path, hash) VALUES (%s, %s) "
            "ON CONFLICT (path) DO UPDATE SET hash = excluded.hash",
            (path, sha256),
        )


def read(conn: Connection) -> dict[str, str]:
    """The hashes by path; empty where there is no such table yet."""
    with translated("Could not read supabase_migrations.seed_files"):
        try:
            rows = conn.execute("SELECT path, hash FROM supabase_migrations.seed_files").fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return {}
    return {str(path): str(found) for path, found in rows}
