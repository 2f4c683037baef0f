"""Reads every schema object of one database as plain values, in one round trip.

A snapshot alone is not enough: Postgres deparses views, defaults and the like from caches that see newer
commits. So the read is bracketed by a probe over the catalogs, and done again when the probe moved. What
keeps locks on user tables while it deparses (views, rules, policies, function bodies) has short transactions
of its own, so that a migration never waits long for this reader, and never dies in a deadlock with it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from driftwatch.core.acl import fold
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.errors import DriftwatchError, Unreachable

ATTEMPTS = 6
OLDEST = 150000
"""The oldest version that the queries are written for."""
_CONDITION = re.compile(r"--@ (>=|<)(\d+)\s*$")
_NOT_FACETS = frozenset({"kind", "schema", "identity", "acl_default"})
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

_SETTINGS = {
    "search_path": "''",
    "jit": "off",
    "quote_all_identifiers": "off",
    "standard_conforming_strings": "on",
    "datestyle": "'ISO, YMD'",
    "intervalstyle": "postgres",
    "timezone": "'UTC'",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "xmloption": "content",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "'64MB'",
    "lock_timeout": "'100ms'",
}


@dataclass(frozen=True, slots=True)
class Query:
    """One kind's query. kind is what its rows are unless they say so themselves."""

    kind: str
    text: str
    holds_locks: bool


@dataclass(slots=True)
class _Rows:
    kind: str
    names: list[str]
    rows: list[tuple[Any, ...]]


@cache
def queries(server_version: int) -> tuple[Query, ...]:
    """The queries for one version (as server_version_num), by kind."""
    folder = resources.files("driftwatch.postgres") / "sql" / "catalog"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    found = []
    for file in files:
        raw = file.read_text("utf-8")
        found.append(Query(file.name[:-4], for_version(raw, server_version), "-- @holds-locks" in raw))
    return tuple(found)


def for_version(text: str, server_version: int) -> str:
    """The lines of an SQL text for this version: `--@ >=160000` or `--@ <160000` at a line's end decides."""
    kept = []
    for line in text.splitlines():
        condition = _CONDITION.search(line)
        if condition:
            bound = int(condition[2])
            if (server_version >= bound) != (condition[1] == ">="):
                continue
            line = line[: condition.start()]
        if not line.startswith("--"):
            kept.append(line.rstrip())
    return "\n".join(kept)


def read_catalog(
    conn: psycopg.Connection[Any], *, statement_timeout: float = 120.0, attempts: int = ATTEMPTS
) -> Catalog:
    """Every schema object of the connected database at one moment.

    conn: idle; autocommit or not; it is left as found. statement_timeout: seconds for each query. attempts:
    how often to read when the schema changes meanwhile.
    A kind that the login may not read is named in `not_compared`.
    Raises DriftwatchError when the schema does not hold still or a query takes too long, Unreachable when the
    connection is lost.
    """
    if conn.info.transaction_status is not TransactionStatus.IDLE:
        raise ValueError("read_catalog needs an idle connection")
    version = conn.info.server_version
    if version < OLDEST:
        raise DriftwatchError(f"This is Postgres {version // 10000}; driftwatch reads {OLDEST // 10000} and newer.")
    autocommit = conn.autocommit
    reason = ""
    try:
        conn.autocommit = True
        for attempt in range(attempts):
            if attempt:
                time.sleep(min(0.05 * 2**attempt, 1.0))
            try:
                return _attempt(conn, version, statement_timeout)
            except _Moved as moved:
                reason = str(moved)
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
        if not conn.closed:
            conn.autocommit = autocommit
    raise DriftwatchError(
        "The schema kept changing, or was locked, while it was read.",
        untouched="Nothing was changed.",
        next_step="Wait until the migration that runs there has ended, then try again.",
        details=reason,
    )


class _Moved(Exception):
    """The schema changed or was locked under a read."""


def _attempt(conn: psycopg.Connection[Any], version: int, statement_timeout: float) -> Catalog:
    """One bracketed read. Raises _Moved when the schema changed or was locked meanwhile."""
    try:
        try:
            probe_before, *found, probe_after = _all_at_once(conn, version, statement_timeout)
            if probe_before.rows == probe_after.rows:
                return _catalog(version, found, ())
            raise _Moved
        except psycopg.errors.InsufficientPrivilege:
            conn.rollback()
        # The probe reads what may be forbidden, so here two equal readings stand for a still schema.
        first = _one_by_one(conn, version, statement_timeout)
        second = _one_by_one(conn, version, statement_timeout)
        if first != second:
            raise _Moved
        return _catalog(version, *second)
    except _MOVED as error:
        conn.rollback()
        raise _Moved(str(error).strip()) from error
    except psycopg.Error:
        _roll_back_quietly(conn)
        raise


def _roll_back_quietly(conn: psycopg.Connection[Any]) -> None:
    if not conn.closed and conn.info.transaction_status is not TransactionStatus.IDLE:
        conn.rollback()


def _all_at_once(conn: psycopg.Connection[Any], version: int, statement_timeout: float) -> list[_Rows]:
    """All queries as one simple-protocol message: one round trip, and good for transaction poolers."""
    kinds = queries(version)
    plain = [query for query in kinds if not query.holds_locks]
    locking = [query for query in kinds if query.holds_locks]
    settings, probe = _settings(statement_timeout), _probe()
    texts = [_BEGIN_SNAPSHOT, settings, probe, *(query.text for query in plain), "commit"]
    for query in locking:
        texts += [_BEGIN, settings, query.text, "commit"]
    texts += [_BEGIN, settings, probe, "commit"]
    names = ["", *(query.kind for query in plain), *(query.kind for query in locking), ""]
    with conn.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(";\n".join(texts).encode(), prepare=False)
        return [_Rows(name, *result) for name, result in zip(names, _results(cursor), strict=True)]


def _one_by_one(
    conn: psycopg.Connection[Any], version: int, statement_timeout: float
) -> tuple[list[_Rows], list[NotCompared]]:
    """The slow way, for logins that may not read everything: what is refused is named."""
    found: list[_Rows] = []
    refused: list[NotCompared] = []
    with conn.cursor(row_factory=tuple_row) as cursor:
        for query in queries(version):
            text = ";\n".join([_BEGIN, _settings(statement_timeout), query.text, "commit"])
            try:
                cursor.execute(text.encode(), prepare=False)
            except psycopg.errors.InsufficientPrivilege as error:
                conn.rollback()
                refused.append(
                    NotCompared(f"kind {query.kind}", f"the login may not read them: {error.diag.message_primary}")
                )
                continue
            found += [_Rows(query.kind, *result) for result in _results(cursor)]
    return found, refused


_BEGIN_SNAPSHOT = "begin isolation level repeatable read read only"
_BEGIN = "begin isolation level read committed read only"


@cache
def _probe() -> str:
    folder = resources.files("driftwatch.postgres") / "sql"
    return for_version((folder / "probe.sql").read_text("utf-8"), 0)


@cache
def _settings(statement_timeout: float) -> str:
    settings = {**_SETTINGS, "statement_timeout": str(max(1, int(statement_timeout * 1000)))}
    return ";\n".join(f"set local {name} = {value}" for name, value in settings.items())


def _results(cursor: psycopg.Cursor[tuple[Any, ...]]) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    """What the statements that return rows returned, in their order."""
    while True:
        if cursor.description is not None:
            yield [column.name for column in cursor.description], cursor.fetchall()
        if not cursor.nextset():
            return


def _catalog(version: int, found: Sequence[_Rows], refused: Sequence[NotCompared]) -> Catalog:
    not_compared = list(refused)
    objects: dict[ObjectId, DbObject] = {}
    for result in found:
        for obj in _objects(result):
            if obj.id in objects:
                not_compared.append(NotCompared(f"{obj.id.kind} {obj.id.identity}", "two objects have this name"))
            objects[obj.id] = obj
    return Catalog(objects, version, tuple(not_compared))


def _objects(result: _Rows) -> Iterator[DbObject]:
    """The rows of one query as objects. Which columns are facets is told by their names alone."""
    names = result.names
    kind_at = names.index("kind") if "kind" in names else -1
    schema_at, identity_at = names.index("schema"), names.index("identity")
    acl_at = names.index("acl") if "acl" in names else -1
    default_at = names.index("acl_default") if "acl_default" in names else -1
    facets = [(at, name) for at, name in enumerate(names) if name not in _NOT_FACETS and at != acl_at]
    lists: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in result.rows:
        values: dict[str, Value] = {}
        for at, name in facets:
            value = row[at]
            if value is None:
                continue
            if value.__class__ is list:
                value = tuple(value)
                value = lists.setdefault(value, value)
            elif value.__class__ is bytes:
                value = value.decode("utf-8", "backslashreplace")
            values[name] = value
        if acl_at >= 0 and row[acl_at] is not None:
            default = row[default_at] if default_at >= 0 else None
            grants, grantors = _fold(tuple(row[acl_at]), None if default is None else tuple(default))
            if grants:
                values["acl"] = grants
            if grantors:
                values["acl_grantors"] = grantors
        kind = row[kind_at] if kind_at >= 0 else result.kind
        yield DbObject(ObjectId(kind, row[identity_at]), row[schema_at], values)


@cache
def _fold(acl: tuple[str, ...], default: tuple[str, ...] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return fold(acl, default)
