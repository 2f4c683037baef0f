"""The catalog queries of sql/catalog, and the one message that asks them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from driftwatch.postgres import known_catalogs

OLDEST = 150000
"""The oldest version that the queries are written for."""
_CONDITION = re.compile(r"--@ (>=|<)(\d+)\s*$")
_NEEDS = re.compile(r"^-- @needs ([\w.]+)$", re.MULTILINE)

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
    "idle_in_transaction_session_timeout": "'60s'",
    "application_name": "driftwatch",
}
_BEGIN_SNAPSHOT = "begin isolation level repeatable read read only"
_BEGIN = "begin isolation level read committed read only"


@dataclass(frozen=True, slots=True)
class Query:
    """One kind's query. kind is what its rows are unless they say so themselves.

    holds_locks: it opens user tables to deparse. needs: the relation whose rows it reads, which not every database
    has; "" for the catalogs, which are everywhere.
    """

    kind: str
    text: str
    holds_locks: bool
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Statements sent at once, and what the ones that return rows return, in their order."""

    text: str
    answers: tuple[str, ...]


@cache
def queries(server_version: int) -> tuple[Query, ...]:
    """The queries that every database of one version (as server_version_num) answers, by kind."""
    return tuple(query for query in _all(server_version) if not query.needs)


@cache
def optional_queries(server_version: int) -> tuple[Query, ...]:
    """The queries for rows that behave like schema, in tables that not every database has."""
    return tuple(query for query in _all(server_version) if query.needs)


@cache
def _all(server_version: int) -> tuple[Query, ...]:
    folder = resources.files("driftwatch.postgres") / "sql" / "catalog"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    found = []
    for file in files:
        raw = file.read_text("utf-8")
        needs = _NEEDS.search(raw)
        text = for_version(raw, server_version)
        found.append(Query(file.name[:-4], text, "-- @holds-locks" in raw, needs[1] if needs else ""))
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


SNAPSHOT, PROBE, OPTIONAL, UNKNOWN = "@snapshot", "@probe", "@optional", "@unknown"
"""Answers that are no kind's rows: which transactions are seen, the probe's value, which optional tables there are,
which catalogs are new to us."""


@cache
def everything(server_version: int, statement_timeout: float) -> Message:
    """All kinds at one moment: a snapshot, then what opens user tables, each in a short transaction of its own.

    At both ends it says which transactions are seen, at the beginning with the probe's value.
    """
    kinds = queries(server_version)
    plain = [query for query in kinds if not query.holds_locks]
    locking = [query for query in kinds if query.holds_locks]
    ask = {SNAPSHOT: _sql("snapshot"), PROBE: _sql("probe"), **_around(server_version)}
    first = [*ask.items(), *((query.kind, query.text) for query in plain)]
    blocks = [
        _block(_BEGIN_SNAPSHOT, statement_timeout, first),
        *(_block(_BEGIN, statement_timeout, [(query.kind, query.text)]) for query in locking),
        _block(_BEGIN, statement_timeout, [(SNAPSHOT, ask[SNAPSHOT])]),
    ]
    text = ";\n".join(block.text for block in blocks)
    return Message(text, tuple(name for block in blocks for name in block.answers))


@cache
def probe(statement_timeout: float) -> Message:
    """The value that changes when any row of the catalogs does."""
    return _block(_BEGIN, statement_timeout, [(PROBE, _sql("probe"))])


@cache
def state(server_version: int, statement_timeout: float) -> Message:
    """The probe's value, and which tables of the optional queries there are."""
    return _block(_BEGIN, statement_timeout, [(PROBE, _sql("probe")), *_around(server_version).items()])


@cache
def optional_tables(server_version: int, statement_timeout: float) -> Message:
    """Which tables of the optional queries there are, whether the login sees all their rows, and what is new to us."""
    return _block(_BEGIN, statement_timeout, list(_around(server_version).items()))


def several(wanted: Iterable[Query], statement_timeout: float) -> Message:
    """Some kinds, in a transaction of their own."""
    return _block(_BEGIN, statement_timeout, [(query.kind, query.text) for query in wanted])


def _block(begin: str, statement_timeout: float, asked: Sequence[tuple[str, str]]) -> Message:
    texts = [begin, _settings(statement_timeout), *(text for _, text in asked), "commit"]
    return Message(";\n".join(texts), tuple(name for name, _ in asked))


@cache
def _sql(name: str) -> str:
    folder = resources.files("driftwatch.postgres") / "sql"
    return for_version((folder / f"{name}.sql").read_text("utf-8"), 0)


def _around(server_version: int) -> dict[str, str]:
    names = ", ".join(f"'{query.needs}'" for query in optional_queries(server_version))
    optional = _sql("optional_tables").replace(":names", names or "null")
    return {OPTIONAL: optional, UNKNOWN: _sql("unknown_catalogs").replace(":known", known_catalogs.names())}


@cache
def _settings(statement_timeout: float) -> str:
    settings = {**_SETTINGS, "statement_timeout": str(max(1, int(statement_timeout * 1000)))}
    return ";\n".join(f"set local {name} = {value}" for name, value in settings.items())
