"""Watches migrations run on a throw-away copy: which locks they take, what they rewrite, read and destroy."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import psycopg
from psycopg import sql

from driftwatch.core.migrations import Migration
from driftwatch.core.observed import Refused, Watched
from driftwatch.core.statements import Statement, parse
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.execute import MigrationFailed, Runner
from driftwatch.postgres.queries import query
from driftwatch.postgres.shadow import Shadow
from driftwatch.postgres.watch import LEAVE_OUT, Watch, flush

_Opened = contextlib.AbstractContextManager[Shadow]


class NotWatched(DriftwatchError):
    """A migration that passes failed while it was watched."""


def observe(open_shadow: Callable[[], _Opened], migrations: Sequence[Migration]) -> tuple[Watched, ...]:
    """Runs the migrations on a copy with made-up rows in its tables, each also a second time.

    open_shadow: a fresh copy each time. The migrations are known to pass without rows: where rows make one of them
    fail, it is seen on a copy without any, and the rows come after it. Raises NotWatched.
    """
    seen: list[Watched] = []
    refused: MigrationFailed | None = None
    rows_from = 0
    while len(seen) < len(migrations):
        begun = len(seen)
        with open_shadow() as shadow:
            try:
                for index, watched in enumerate(_run(shadow, migrations, rows_from)):
                    if index < begun:
                        continue
                    on_rows = _refused(refused) if refused and index == begun else None
                    seen.append(replace(watched, on_rows=on_rows))
                refused = None
            except MigrationFailed as failed:
                if len(seen) < rows_from:  # there were no rows yet
                    raise NotWatched(failed.message, details=failed.details) from failed
                refused, rows_from = failed, len(seen) + 1
            except psycopg.Error as error:
                raise NotWatched(f"the copy could not be asked: {error.diag.message_primary or error}") from error
    return tuple(seen)


def _run(shadow: Shadow, migrations: Sequence[Migration], rows_from: int) -> Iterator[Watched]:
    """rows_from: how many of the migrations run before there are rows."""
    with shadow.session(SUPERUSER) as admin, shadow.session() as conn:
        watch = Watch(admin, conn)
        runner = _WatchedRunner(conn, shadow.embedded, after_each=watch.after, watch=watch)
        for index, migration in enumerate(migrations):
            if index == rows_from:
                watch.put_rows()
            watch.begin(migration.text)
            runner.apply(migration)
            watch.end()
            again, inserted = _again(Runner(conn, shadow.embedded), migration)
            yield Watched(migration.filename, tuple(watch.touches), None, again, inserted, watch.unseen())


@dataclass(frozen=True)
class _WatchedRunner(Runner):
    """Hands statements that run outside of transactions to the watch, which must stand in their way to see them."""

    watch: Watch | None = None

    def run_alone(self, migration: Migration, statement: Statement) -> None:
        run = super().run_alone
        if self.watch is None or self._treatment(statement) is not None:
            run(migration, statement)
        else:
            self.watch.alone(statement, lambda: run(migration, statement))


class _Enough(Exception):
    """Ends a transaction whose work was only tried."""


def _again(runner: Runner, migration: Migration) -> tuple[Refused | None, tuple[str, ...]]:
    """Runs a migration that has just run once more, and takes it back, but for what can't run in a transaction."""
    inserted: set[str] = set()

    def look() -> None:
        runner.conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = runner.conn.execute(cast(Any, query("observed_inserts")), {"leave_out": LEAVE_OUT}).fetchall()
        inserted.update(name for (name,) in found)
        raise _Enough

    try:
        for segment in parse(migration).segments:
            runner.reset(migration)
            flush(runner.conn)
            if not segment.transactional:
                for statement in segment.statements:
                    runner.run_alone(migration, statement)
                continue
            try:
                runner.run_together(migration, segment.statements, look)
            except _Enough:
                continue
    except MigrationFailed as failed:
        return _refused(failed), ()
    return None, tuple(sorted(inserted))


def _refused(failed: MigrationFailed) -> Refused:
    cause = failed.__cause__
    table = column = ""
    if isinstance(cause, psycopg.Error) and cause.diag.table_name:
        parts = (cause.diag.schema_name or "", cause.diag.table_name)
        table = ".".join(_quoted(part) for part in parts if part)
        column = _quoted(cause.diag.column_name) if cause.diag.column_name else ""
    return Refused(failed.failure.line, failed.failure.sqlstate, failed.failure.message, table, column)


def _quoted(name: str) -> str:
    """As the server's quote_ident, but for keywords."""
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else sql.Identifier(name).as_string(None)
