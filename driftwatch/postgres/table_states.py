"""How the tables of a throw-away copy are at one moment, as one session sees them: locks, files, columns, counters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from driftwatch.core.observed import LOCKS
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query

RANK = {f"{''.join(word.capitalize() for word in lock.split())}Lock": rank for rank, lock in enumerate(LOCKS, 1)}
"""Of the locks, as pg_locks calls them, from 1, the weakest."""
_HELD = f"EXECUTE driftwatch_held('{{{','.join(RANK)}}}')".encode()


@dataclass(frozen=True)
class State:
    """How a relation was when it was last looked at.

    indexes: file -> name. unique: numbers of columns that let no value in twice. columns: number -> name, type, its id,
    whether it lets no NULL in.
    """

    name: str
    file: int
    size: int
    indexes: Mapping[str, str]
    unique: Set[int]
    columns: Mapping[int, tuple[str, str, str, bool]]


@dataclass(frozen=True, slots=True)
class Held:
    """A table that the transaction has locked. rank: of the strongest lock. counts: scans, rows updated, deleted."""

    oid: int
    rank: int
    file: str
    counts: tuple[int, ...]


class TableStates:
    """Asks one session. It is asked after every statement: planning the questions would take longer than answering."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.prepare()

    def prepare(self) -> None:
        """Also needed again after a DEALLOCATE or DISCARD of somebody else's."""
        rows = self._conn.execute("SELECT name FROM pg_catalog.pg_prepared_statements").fetchall()
        for name, types, file in (("held", "text[]", "observe"), ("state", "oid[]", "observed_state")):
            if (f"driftwatch_{name}",) not in rows:
                self._conn.execute(f"PREPARE driftwatch_{name}({types}) AS {query(file)}".encode())

    def held(self) -> tuple[str, list[Held]]:
        """The transaction, by when it began, and what it has locked."""
        row = self._conn.execute(_HELD).fetchone()
        transaction, text = row if row else ("", "")
        found = []
        for line in text.split(";") if text else ():
            oid, rank, file, *counts = line.split(" ")
            found.append(Held(int(oid), int(rank), file, tuple(map(int, counts))))
        return transaction, found

    def of(self, oids: Iterable[int]) -> dict[int, State]:
        """How those are that are still there."""
        wanted = ",".join(map(str, oids))
        found = self._conn.execute(f"EXECUTE driftwatch_state('{{{wanted}}}')".encode()).fetchall()
        return {oid: _state(*json.loads(text)) for oid, text in found}


def _state(name: str, file: int, size: int, indexes: list[list[str]], columns: list[list[str]]) -> State:
    return State(
        name,
        file,
        size,
        {its_file: index for its_file, index, _ in indexes},
        {int(number) for *_, number in indexes if number},
        {int(number): (column, type_, id_, bool(full)) for number, column, type_, id_, full in columns},
    )
