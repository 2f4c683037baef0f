"""Carries rows from one database to another whose schema may differ: table by table, what fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from psycopg import sql

from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query

LEAVE_OUT = ("driftwatch_guard", "driftwatch", "realtime")
_HISTORY = ("supabase_migrations", "schema_migrations")


@dataclass(frozen=True)
class Left:
    """Rows of a table that were not carried, and why. rows: how many; 0 = of each row only a part."""

    table: str
    rows: int
    reason: str


@dataclass(frozen=True)
class Carried:
    """What was carried. tables: how many rows of each are there now that the old database had."""

    tables: dict[str, int]
    left: tuple[Left, ...]


@dataclass(frozen=True)
class _Table:
    schema: str
    name: str
    partitioned: bool
    columns: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def ident(self) -> sql.Composable:
        return sql.Identifier(self.schema, self.name)

    def rows_from(self) -> sql.Composable:
        """Its own rows: those of tables that inherit from it are theirs."""
        return self.ident if self.partitioned else sql.SQL("ONLY {}").format(self.ident)


def carry_rows(old: Connection, new: Connection) -> Carried:
    """Copies the rows of every table that both databases have, where they fit, and the positions of sequences.

    Foreign keys and triggers are not asked while rows are copied; afterwards rows that refer to nothing are taken
    out again. Rows that migrations made in the new database stay as they are. new: as `postgres`, idle. old is read
    at one moment. Raises DriftwatchError for a lost connection; never for rows that do not fit.
    """
    with translated("Could not carry the rows over"):
        old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        new.execute("SET session_replication_role = replica")
        try:
            there = {(one.schema, one.name): one for one in _tables(new)}
            tables: dict[str, int] = {}
            left: list[Left] = []
            for table in _tables(old):
                rows = _count(old, table)
                if not rows or (table.schema, table.name) == _HISTORY:
                    continue
                into = there.get((table.schema, table.name))
                if into is None:
                    left.append(Left(table.label, rows, "the table is not there any more"))
                    continue
                tables[table.label], found = _carry(old, new, table, into, rows)
                left += found
            left += _take_out_orphans(new, tables)
            left += _move_sequences(old, new)
            left += _refresh(new)
        finally:
            if not old.closed:
                old.execute("ROLLBACK")
            if not new.closed:
                new.execute("RESET session_replication_role")
        new.execute("ANALYZE")
    return Carried({name: count for name, count in tables.items() if count}, tuple(left))


def _tables(conn: Connection) -> list[_Table]:
    rows = conn.execute(cast(Any, query("tables_with_rows")), {"leave_out": list(LEAVE_OUT)}).fetchall()
    return [_Table(schema, name, partitioned, tuple(columns)) for schema, name, partitioned, columns in rows]


def _count(conn: Connection, table: _Table) -> int:
    row = conn.execute(sql.SQL("SELECT count(*) FROM {}").format(table.rows_from())).fetchone()
    return int(row[0]) if row else 0


def _carry(old: Connection, new: Connection, table: _Table, into: _Table, rows: int) -> tuple[int, list[Left]]:
    """Carries one table; how many of its rows are there now, and what is not."""
    columns = [name for name in table.columns if name in into.columns]
    left = [
        Left(table.label, 0, f"the column {name} can't be written any more: its values stay behind")
        for name in table.columns
        if name not in into.columns
    ]
    if not columns:
        return 0, [Left(table.label, rows, "none of its columns is there any more")]
    try:
        with new.transaction():
            if _count(new, into):
                arrived = _merge(old, new, table, into, columns)
            else:
                _copy(old, new, table, into.ident, columns)
                arrived = rows
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        return 0, [Left(table.label, rows, _words(error))]
    if arrived < rows:
        left.append(Left(table.label, rows - arrived, "the migrations made other rows with the same key"))
    return arrived, left


def _copy(old: Connection, new: Connection, table: _Table, into: sql.Composable, columns: Sequence[str]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    read = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(names, table.rows_from())
    write = sql.SQL("COPY {} ({}) FROM STDIN").format(into, names)
    with old.cursor() as source, new.cursor() as target, source.copy(read) as rows:
        try:
            with target.copy(write) as copy:
                for block in rows:
                    copy.write(block)
        except psycopg.Error:
            for _ in rows:  # the session that is read from must come to its end, to be of use for the next table
                pass
            raise


def _merge(old: Connection, new: Connection, table: _Table, into: _Table, columns: Sequence[str]) -> int:
    """Adds the rows that are not there yet to those that migrations made; how many are there then."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    staged = sql.Identifier("driftwatch_carried")
    new.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
            staged, names, into.ident
        )
    )
    _copy(old, new, table, staged, columns)
    # Numbered, because the second of two equal rows is there only where both are.
    numbered = sql.SQL("SELECT ctid, {row} AS row, row_number() OVER (PARTITION BY {row}) AS number FROM {rows}")
    row = sql.SQL("ROW({})::text").format(names)
    same = new.execute(
        sql.SQL(
            "DELETE FROM {} WHERE ctid IN (SELECT one.ctid FROM ({}) AS one JOIN ({}) AS other USING (row, number))"
        ).format(staged, numbered.format(row=row, rows=staged), numbered.format(row=row, rows=into.rows_from()))
    ).rowcount
    added = new.execute(
        sql.SQL(
            "INSERT INTO {} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM {} ON CONFLICT DO NOTHING"
        ).format(into.ident, staged, names=names)
    ).rowcount
    return same + added


def _take_out_orphans(new: Connection, tables: dict[str, int]) -> list[Left]:
    """Rows whose parents did not fit can't stay either; nor can what refers to them."""
    keys = new.execute(cast(Any, query("orphan_rows"))).fetchall()
    left: dict[tuple[str, str], int] = {}
    again = True
    while again:
        again = False
        for child, parent, name, orphaned in keys:
            rows = f"FROM {child} AS child WHERE {orphaned}"
            found = new.execute(f"SELECT count(*) {rows}".encode()).fetchone()
            if not found or not found[0]:
                continue
            try:
                gone = new.execute(f"DELETE {rows}".encode()).rowcount
            except psycopg.OperationalError:
                raise
            except psycopg.Error as error:
                left[child, f"rows that break {name} could not be taken out: {_words(error)}"] = int(found[0])
                continue
            if gone:
                again = True
                reason = f"they refer by {name} to rows of {parent} that are not there"
                left[child, reason] = left.get((child, reason), 0) + gone
                label = child.replace('"', "")
                tables[label] = max(tables.get(label, 0) - gone, 0)
    return [Left(child, rows, reason) for (child, reason), rows in left.items()]


def _move_sequences(old: Connection, new: Connection) -> list[Left]:
    """Each goes on where the old one stood, or where migrations brought the new one, whichever is further."""
    there = {tuple(row[:2]) for row in _sequences(new)}
    left = []
    for schema, name, ascending in _sequences(old):
        if (schema, name) not in there:
            continue
        ident = sql.Identifier(schema, name)
        state = sql.SQL("SELECT last_value, is_called FROM {}").format(ident)
        then, now = old.execute(state).fetchone(), new.execute(state).fetchone()
        if then is None or now is None or not then[1]:
            continue
        if now[1] and (now[0] >= then[0] if ascending else now[0] <= then[0]):
            continue
        try:
            new.execute("SELECT setval(%s::regclass, %s, true)", (ident.as_string(None), then[0]))
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            left.append(Left(f"{schema}.{name}", 0, f"the sequence stays at its beginning: {_words(error)}"))
    return left


def _sequences(conn: Connection) -> list[tuple[Any, ...]]:
    return conn.execute(cast(Any, query("sequences")), {"leave_out": list(LEAVE_OUT)}).fetchall()


def _refresh(new: Connection) -> list[Left]:
    """Materialized views were filled before the rows came; one may be made of another, and was made after it."""
    rows = new.execute(
        "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class AS c "
        "JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND c.relispopulated ORDER BY c.oid"
    ).fetchall()
    left = []
    for (name,) in rows:
        try:
            new.execute(f"REFRESH MATERIALIZED VIEW {name}".encode())
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            left.append(Left(name, 0, f"the materialized view could not be filled: {_words(error)}"))
    return left


def _words(error: psycopg.Error) -> str:
    """Postgres's own words on one line, without the detail: that quotes whole rows."""
    return error.diag.message_primary or str(error).splitlines()[0]
