"""How far a remote got with a migration that is not one transaction: a table beside the history, while there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast

import psycopg
from psycopg import sql

from driftwatch.core.push_progress import Progress, Subject
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a statement whose end nobody saw. leftovers: indexes that it left half-built, quoted."""

    state: Literal["done", "again", "unfinished", "unknown"]
    leftovers: tuple[str, ...] = ()


def read(conn: Connection) -> tuple[Progress, ...]:
    """The migrations that were begun and not finished; none where there is no such table, or it may not be read."""
    with translated("Could not read supabase_migrations.driftwatch_progress"):
        try:
            rows = conn.execute(cast(Any, query("read_progress"))).fetchall()
        except (
            psycopg.errors.UndefinedTable,
            psycopg.errors.InvalidSchemaName,
            psycopg.errors.InsufficientPrivilege,
        ):
            return ()
    return tuple(Progress(*row) for row in rows)


def save(conn: Connection, progress: Progress) -> None:
    """Writes or replaces a row, in the table that is made for it; runs in the transaction that is open."""
    conn.execute(cast(Any, query("create_progress")))
    values = (progress.version, progress.done, progress.done_hash, progress.running)
    conn.execute(cast(Any, query("save_progress")), values)


def forget(conn: Connection, version: str) -> None:
    """Removes a row, and the table with the last one; runs in the transaction that is open, if there is one."""
    conn.execute("DELETE FROM supabase_migrations.driftwatch_progress WHERE version = %s", (version,))
    row = conn.execute("SELECT count(*) FROM supabase_migrations.driftwatch_progress").fetchone()
    if row and row[0] == 0:
        conn.execute("DROP TABLE supabase_migrations.driftwatch_progress")


def outcome(conn: Connection, of: Subject) -> Outcome:
    """Looks whether an interrupted statement took place. Changes nothing."""
    match of.what:
        case "index made":
            valid = _index_is_valid(conn, _text(of.names[0]))
            if valid is None:
                return Outcome("again")
            return Outcome("done") if valid else Outcome("again", (_text(of.names[0]),))
        case "index dropped":
            there = [name for name in map(_text, of.names) if _index_is_valid(conn, name) is not None]
            return Outcome("again") if there else Outcome("done")
        case "partition detached":
            return Outcome(_detached(conn, _text(of.table), _text(of.names[0])))
        case "repeatable":
            return Outcome("again")
        case "unknown":
            return Outcome("unknown", invalid_indexes(conn, _text(of.table)) if of.table else ())


def invalid_indexes(conn: Connection, table: str) -> tuple[str, ...]:
    """The indexes of a table that were never finished, quoted."""
    rows = conn.execute(
        "SELECT indexrelid::regclass::text FROM pg_index "
        "WHERE indrelid = to_regclass(%s) AND NOT indisvalid ORDER BY 1",
        (table,),
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def drop_invalid(conn: Connection, index: str) -> None:
    """Drops an index that was never finished; one that is valid stays. index: quoted. Raises psycopg's errors."""
    if _index_is_valid(conn, index) is False:
        conn.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.SQL(cast(Any, index))))


def finish_detaching(conn: Connection, of: Subject) -> None:
    """Ends a DETACH … CONCURRENTLY that was interrupted between its two transactions. Raises psycopg's errors."""
    conn.execute(
        sql.SQL("ALTER TABLE {} DETACH PARTITION {} FINALIZE").format(
            sql.Identifier(*of.table), sql.Identifier(*of.names[0])
        )
    )


def _index_is_valid(conn: Connection, index: str) -> bool | None:
    """None where there is no such index."""
    row = conn.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", (index,)).fetchone()
    return bool(row[0]) if row else None


def _detached(conn: Connection, table: str, partition: str) -> Literal["done", "again", "unfinished"]:
    row = conn.execute(
        "SELECT inhdetachpending FROM pg_inherits WHERE inhparent = to_regclass(%s) AND inhrelid = to_regclass(%s)",
        (table, partition),
    ).fetchone()
    if row is None:
        return "done"
    return "unfinished" if row[0] else "again"


def _text(name: tuple[str, ...]) -> str:
    return sql.Identifier(*name).as_string(None)
