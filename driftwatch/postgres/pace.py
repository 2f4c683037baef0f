"""Times statements on tables that were filled with made-up rows, on throw-away copies of a remote's schema."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, LiteralString, cast

import psycopg

from driftwatch.core.migrations import Migration
from driftwatch.core.pace import Pace, Place, Timing
from driftwatch.core.statements import Statement
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.queries import query
from driftwatch.postgres.seed_rows import ROWS, count_rows, seed_rows
from driftwatch.postgres.shadow import Shadow
from driftwatch.postgres.watch import LEAVE_OUT

_MB = 1 << 20
_SCALES = ((8 * _MB, 40_000), (32 * _MB, 160_000))
"""How much is put into a table: bytes without indexes or rows, whichever is reached first."""
_FIRST_ROWS = 1000

_LEAVE_OUT = {"leave_out": LEAVE_OUT}

_Opened = contextlib.AbstractContextManager[Shadow]


@dataclass(frozen=True)
class Ground:
    """What is timed, and where. open_shadow: a fresh copy each time. rows_from: how many of the migrations run before
    there are rows. until: when it must be over (time.monotonic)."""

    open_shadow: Callable[[], _Opened]
    migrations: Sequence[Migration]
    rows_from: int
    until: float


def measure(ground: Ground, table: str, wanted: Set[Place]) -> dict[Place, Pace]:
    """The pace of the wanted statements on this table (named as the catalog names it), of as many as can be timed.

    Tables that take no made-up rows, statements that fail on many of them, and a time that is used up leave gaps.
    """
    varied = True
    smaller = _timed(ground, table, wanted, _SCALES[0], varied)
    if not wanted <= smaller.keys():
        plain = _timed(ground, table, wanted, _SCALES[0], not varied)
        if len(plain) > len(smaller):
            smaller, varied = plain, False
    if not smaller:
        return {}
    larger = _timed(ground, table, smaller.keys(), _SCALES[1], varied)
    return {place: Pace(smaller[place], timing) for place, timing in larger.items()}


def _timed(ground: Ground, table: str, wanted: Set[Place], scale: tuple[int, int], varied: bool) -> dict[Place, Timing]:
    """varied: whether values of the filled table differ from row to row wherever they may."""
    seconds: dict[Place, float] = {}
    rows = size = 0
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(DriftwatchError, psycopg.Error))
        shadow = stack.enter_context(ground.open_shadow())
        admin = stack.enter_context(shadow.session(SUPERUSER))
        _limit(admin, ground.until)
        conn = stack.enter_context(shadow.session())
        runner = _TimedRunner(conn, shadow.embedded, after_each=lambda _: None, seconds=seconds)
        for index, migration in enumerate(ground.migrations):
            if index == ground.rows_from:
                seconds.clear()
                rows, size = _fill(admin, table, scale, varied)
            runner.apply(migration)
            if wanted <= seconds.keys():
                break
    return {place: Timing(rows, size, seconds[place]) for place in wanted if rows and place in seconds}


@dataclass(frozen=True)
class _TimedRunner(Runner):
    """Notes how long each statement took; what begins on the same line is taken together."""

    seconds: dict[Place, float] = field(default_factory=dict)

    def _send(self, migration: Migration, group: Sequence[Statement], *, before: str = "", after: str = "") -> None:
        place = (migration.filename, group[0].line)
        earlier = self.seconds.pop(place, 0.0)
        begun = time.perf_counter()
        super()._send(migration, group, before=before, after=after)
        self.seconds[place] = earlier + time.perf_counter() - begun


def _limit(admin: Connection, until: float) -> None:
    """Lets no statement of this copy go on when the time is used up. Raises DriftwatchError when it is already."""
    left = int((until - time.monotonic()) * 1000)
    if left <= 0:
        raise DriftwatchError("The time to measure is used up.")
    # Of the login, because a session's own settings are reset before each file. Small tables would be read by fewer
    # processes than big ones: as many for both, or the one time would not follow from the other.
    for setting in (f"statement_timeout = {left}", "min_parallel_table_scan_size = 0"):
        admin.execute(f"ALTER ROLE postgres SET {setting}".encode())
    admin.execute(f"SET statement_timeout = {left}".encode())


def _fill(admin: Connection, table: str, scale: tuple[int, int], varied: bool) -> tuple[int, int]:
    """How many rows the table has then, and how many bytes with its indexes; no rows where it takes none."""
    tables = [name for _, name, kind in admin.execute(cast(Any, query("observed_tables")), _LEAVE_OUT) if kind != "m"]
    seed_rows(admin, tables)
    row = admin.execute(cast(Any, query("fill")), {"table": table, "varied": varied}).fetchone()
    if row is None:
        return 0, 0
    most_bytes, most_rows = scale
    admin.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys are asked
    _insert(admin, row[0], 1, _FIRST_ROWS)
    size = _ask(admin, "SELECT pg_catalog.pg_relation_size(%s::regclass)", table)
    rows = min(most_rows, _FIRST_ROWS * most_bytes // max(size, 1))
    _insert(admin, row[0], _FIRST_ROWS + 1, rows)
    admin.execute(f"VACUUM (ANALYZE) {table}".encode())  # as a table is that was not filled a moment ago
    rows = count_rows(admin, [table])[table]
    return (
        (rows, _ask(admin, "SELECT pg_catalog.pg_total_relation_size(%s::regclass)", table)) if rows > ROWS else (0, 0)
    )


def _insert(admin: Connection, statement: str, first: int, last: int) -> None:
    admin.execute(statement.replace("$from$", str(first)).replace("$to$", str(last)).encode())


def _ask(admin: Connection, question: LiteralString, table: str) -> int:
    row = admin.execute(question, (table,)).fetchone()
    return int(row[0]) if row else 0
