"""Reads all kinds of one database at one moment, in one round trip, and hands the rows on as they come.

A snapshot alone is not enough: Postgres deparses views, defaults and the like from caches that see newer
commits. So the read is bracketed: unless nothing at all was committed meanwhile, a probe over the catalogs decides
whether it was the schema, and then it is read again. What keeps locks on user tables while it deparses (views,
rules, policies, function bodies) has short transactions of its own, so that a migration never waits long for this
reader, and never dies in a deadlock with it.

Rows that behave like schema (`@needs`) are read after that, in a second round trip where there are such tables.
The probe does not see rows: each such query is one statement, and of one moment, but not of the catalogs' moment.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from driftwatch.core.catalog import NotCompared
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.core.rows import Columns, Row
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres import catalog_queries as ask
from driftwatch.postgres.catalog_queries import Message, Query
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.known_catalogs import unknown
from driftwatch.postgres.streaming import stream

ATTEMPTS = 6
STATEMENT_SECONDS = 120.0
_MOVED = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.InternalError_,
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedObject,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.UndefinedColumn,
)
"""What a read meets when objects vanish or are locked under it: a reason to read again, not to give up."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Collector(Protocol[T_co]):
    """What is done with the rows: one a reading."""

    def begin(self, columns: Columns) -> None:
        """The rows that follow have these columns."""

    def take(self, rows: Sequence[Row]) -> None:
        """Some rows of the kind that was begun."""

    def result(self, server_version: int, refused: Sequence[NotCompared]) -> T_co:
        """What was made of all rows. refused: the kinds that the login may not read."""


def read(
    conn: Connection, collector: Callable[[], Collector[T]], *, statement_timeout: float, attempts: int = ATTEMPTS
) -> T:
    """What a collector, a new one for each attempt, makes of all rows.

    conn: idle; autocommit or not; it is left as found. statement_timeout: seconds for each query. attempts:
    how often to read when the schema changes meanwhile.
    Raises DriftwatchError when the schema does not hold still or a query takes too long, Unreachable when the
    connection is lost.
    """
    reason = ""
    with _own_transactions(conn, statement_timeout) as version:
        for attempt in range(attempts):
            if attempt:
                time.sleep(min(0.05 * 2**attempt, 1.0))
            try:
                with no_search_for_garbage():
                    return _attempt(conn, version, statement_timeout, collector)
            except _Moved as moved:
                reason = str(moved)
    raise DriftwatchError(
        "The schema kept changing, or was locked, while it was read.",
        untouched="Nothing was changed.",
        next_step="Wait until the migration that runs there has ended, then try again.",
        details=reason,
    )


def catalog_version(conn: Connection, *, statement_timeout: float = STATEMENT_SECONDS) -> str:
    """A value that changes when any row of the catalogs changes: cheap, and any login may ask for it.

    It is there to skip readings, never to say "no drift": that takes a fingerprint. The same value twice says nothing
    of rows that behave like schema. Another value may mean nothing (a TRUNCATE, a temporary table, another login, which
    may see other options).
    Raises as `read` does.
    """
    with _own_transactions(conn, statement_timeout):
        value: str = _answers(conn, ask.probe(statement_timeout))[ask.PROBE][0][0]
        return value


def state_of(conn: Connection, *, statement_timeout: float = STATEMENT_SECONDS) -> str:
    """As `catalog_version`, and it changes with rows that behave like schema too: equal twice, all reads the same.

    Another start of the server is another state, because two copies of one server can agree in everything else.
    Raises as `read` does.
    """
    with _own_transactions(conn, statement_timeout) as version:
        answers = _answers(conn, ask.state(version, statement_timeout))
        rows = _Hashed()
        refused = _optional(conn, version, statement_timeout, answers[ask.OPTIONAL], rows)
        where = conn.execute(
            "select pg_postmaster_start_time()::text, current_user::text, current_database()::text"
        ).fetchone()
        known = (version, answers[ask.PROBE], answers[ask.OPTIONAL], answers[ask.UNKNOWN], refused, where)
        return hashlib.sha256(f"{known} {rows.result()}".encode()).hexdigest()


def read_data(conn: Connection, found: Collector[T], *, statement_timeout: float = STATEMENT_SECONDS) -> T:
    """What a collector makes of the rows that behave like schema alone. Raises as `read` does."""
    with _own_transactions(conn, statement_timeout) as version:
        tables = _answers(conn, ask.optional_tables(version, statement_timeout))[ask.OPTIONAL]
        return found.result(version, _optional(conn, version, statement_timeout, tables, found))


@contextmanager
def _own_transactions(conn: Connection, statement_timeout: float) -> Iterator[int]:
    """A session in autocommit, as found afterwards, with errors as ours. Gives the server's version."""
    if conn.info.transaction_status is not TransactionStatus.IDLE:
        raise ValueError("reading a catalog needs an idle connection")
    version, oldest = conn.info.server_version, ask.OLDEST
    if version < oldest:
        raise DriftwatchError(f"This is Postgres {version // 10000}; driftwatch reads {oldest // 10000} and newer.")
    autocommit = conn.autocommit
    try:
        conn.autocommit = True
        yield version
    except psycopg.errors.QueryCanceled as error:
        raise DriftwatchError(
            f"Reading the schema took longer than {statement_timeout:g} s.",
            untouched="Nothing was changed.",
            next_step="Try again when the database is less busy.",
            details=str(error).strip(),
        ) from error
    except psycopg.Error as error:
        lost = conn.closed or conn.broken
        raise (Unreachable if lost else DriftwatchError)(
            "The connection was lost while the schema was read." if lost else "The schema could not be read.",
            untouched="Nothing was changed.",
            details=str(error).strip(),
        ) from error
    finally:
        _roll_back(conn)
        if not conn.closed:
            conn.autocommit = autocommit


class _Moved(Exception):
    """The schema changed or was locked under a read."""


def _attempt(conn: Connection, version: int, timeout: float, collector: Callable[[], Collector[T]]) -> T:
    """One bracketed read. Raises _Moved when the schema changed or was locked meanwhile."""
    try:
        try:
            return _all_at_once(conn, version, timeout, collector())
        except psycopg.errors.InsufficientPrivilege:
            _roll_back(conn)
        # The probe reads what may be forbidden, so here two equal readings stand for a still schema.
        first = _one_by_one(conn, version, timeout, collector())
        second = _one_by_one(conn, version, timeout, collector())
        if first != second:
            raise _Moved
        return second
    except _MOVED as error:
        raise _Moved(str(error).strip()) from error
    finally:
        _roll_back(conn)


def _all_at_once(conn: Connection, version: int, timeout: float, found: Collector[T]) -> T:
    """One round trip; a second one for the probe when anything was committed meanwhile, or for optional tables."""
    answers = _answers(conn, ask.everything(version, timeout), found)
    (before,), (after,) = answers[ask.SNAPSHOT]
    if before is None or before != after:
        (then,), (now,) = answers[ask.PROBE][0], _answers(conn, ask.probe(timeout))[ask.PROBE][0]
        if then != now:
            raise _Moved
    refused = _unknown(version, answers[ask.UNKNOWN])
    return found.result(version, refused + _optional(conn, version, timeout, answers[ask.OPTIONAL], found))


def _one_by_one(conn: Connection, version: int, timeout: float, found: Collector[T]) -> T:
    """The slow way, for logins that may not read everything: what is refused is named."""
    refused = _each(conn, ask.queries(version), timeout, found)
    answers = _answers(conn, ask.optional_tables(version, timeout))
    refused += _unknown(version, answers[ask.UNKNOWN])
    refused += _optional(conn, version, timeout, answers[ask.OPTIONAL], found)
    return found.result(version, refused)


def _unknown(version: int, rows: Sequence[Row]) -> list[NotCompared]:
    return unknown(version, (name for (name,) in rows))


def _each(conn: Connection, queries: Sequence[Query], timeout: float, found: Collector[T]) -> list[NotCompared]:
    refused = []
    for query in queries:
        try:
            _answers(conn, ask.several([query], timeout), found)
        except psycopg.errors.InsufficientPrivilege as error:
            _roll_back(conn)
            reason = f"the login may not read them: {error.diag.message_primary}"
            refused.append(NotCompared(f"kind {query.kind}", reason))
    return refused


def _optional(
    conn: Connection, version: int, timeout: float, tables: Sequence[Row], found: Collector[T]
) -> list[NotCompared]:
    """Reads the rows that behave like schema, where there are such tables; says which may not be read."""
    state = {name: (may_read, sees_all) for name, may_read, sees_all in tables}
    readable, refused = [], []
    for query in ask.optional_queries(version):
        may_read, sees_all = state.get(query.needs, (None, None))
        if may_read and sees_all:
            readable.append(query)
        elif may_read is not None:
            hidden = f"row security of {query.needs} hides rows from the login"
            closed = f"the login may not read {query.needs}"
            refused.append(NotCompared(f"kind {query.kind}", hidden if may_read else closed))
    if not readable:
        return refused
    held = _Held()
    try:
        _answers(conn, ask.several(readable, timeout), held)
    except psycopg.errors.InsufficientPrivilege:  # of a column; asked alone, each says whether it is its own
        _roll_back(conn)
        return refused + _each(conn, readable, timeout, found)
    held.give(found)
    return refused


class _Hashed:
    """A hash over all rows."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def begin(self, columns: Columns) -> None:
        self._digest.update(repr((columns.kind, columns.names)).encode())

    def take(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._digest.update(repr(row).encode())

    def result(self, server_version: int = 0, refused: Sequence[NotCompared] = ()) -> str:
        return self._digest.hexdigest()


class _Held:
    """A few rows, held back until it is certain that all of them can be had."""

    def __init__(self) -> None:
        self._parts: list[tuple[Columns, list[Row]]] = []

    def begin(self, columns: Columns) -> None:
        self._parts.append((columns, []))

    def take(self, rows: Sequence[Row]) -> None:
        self._parts[-1][1].extend(rows)

    def result(self, server_version: int, refused: Sequence[NotCompared]) -> None:
        """Nothing is made of them here."""

    def give(self, found: Collector[Any]) -> None:
        for columns, rows in self._parts:
            found.begin(columns)
            found.take(rows)


def _answers(conn: Connection, message: Message, found: Collector[Any] | None = None) -> dict[str, list[Row]]:
    """Sends a message, gives the rows of kinds to the collector, and returns the other answers."""
    own: dict[str, list[Row]] = {}
    begun = -1
    for part in stream(conn, message.text):
        name = message.answers[part.number]
        if name.startswith("@"):
            own.setdefault(name, []).extend(part.rows)
            continue
        assert found is not None  # noqa: S101 - who asks for kinds collects them
        if part.number != begun:
            begun = part.number
            found.begin(Columns(name, part.names, part.lists))
        found.take(part.rows)
    return own


def _roll_back(conn: Connection) -> None:
    if not conn.closed and conn.info.transaction_status is not TransactionStatus.IDLE:
        conn.rollback()
