"""Runs migrations: each in its own transaction together with its history row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import generators, pq, sql
from psycopg.errors import error_from_result

from driftwatch.core import statements as parser
from driftwatch.core.failures import Failure
from driftwatch.core.migrations import Migration, Problem
from driftwatch.core.stand_in import StandIn
from driftwatch.core.statements import Script, Segment, Statement
from driftwatch.errors import DriftwatchError, Findings
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.embedded import Embedded

_SERVER_GONE = {"57P01", "57P02", "57P03"}
"""Shut down, crashed, not up again: says nothing about the migration (Postgres, appendix A)."""


class MigrationFailed(Findings):
    """Postgres refused a migration; `failure` has its file, line, statement and Postgres's own words.

    partly_applied: statements before the failing one were committed, because the file can't run in one transaction.
    """

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        self.partly_applied = False
        super().__init__(failure.headline(), details=failure.explanation())


@dataclass(frozen=True)
class Runner:
    """How migrations are run on one session.

    embedded: for our own servers. role: what the login becomes first, as the Supabase CLI does when
    it logs in as supabase_admin or cli_login_* ("" = it stays itself). lock_timeout: as Postgres writes it; a
    migration must not queue for a lock with everybody else queueing behind it ("" = the server's own).
    after_each: called after every statement, in its transaction; statements are then sent one at a time.
    """

    conn: Connection
    embedded: Embedded | None = None
    role: str = ""
    lock_timeout: str = ""
    after_each: Callable[[Statement], None] | None = None

    def apply(self, migration: Migration, *, record: bool = True) -> None:
        """Runs one migration and records it. The last transaction of the file holds the history row.

        Raises MigrationFailed; then nothing of the failing transaction is left, and no history row.
        """
        script = parser.parse(migration)
        refuse_problems(script.problems)
        try:
            self._reset()
        except psycopg.OperationalError as error:
            raise _lost(migration, error) from error
        if self.embedded is not None:
            self.embedded.prepare(migration)
        segments = list(script.segments)
        if not segments or not segments[-1].transactional:
            segments.append(Segment(()))
        finish = (lambda: self._record(migration, script)) if record else None
        for index, segment in enumerate(segments):
            try:
                self._run_segment(migration, segment, finish if index == len(segments) - 1 else None)
            except MigrationFailed as failed:
                failed.partly_applied = index > 0
                failed.untouched = (
                    "Earlier statements of the file were committed: it is not one transaction."
                    if failed.partly_applied
                    else "Nothing of the file was applied."
                )
                raise

    def run_sql(self, migration: Migration) -> None:
        """Runs a file that is no migration (a base, a seed): as `apply`, without a history row."""
        self.apply(migration, record=False)

    def _record(self, migration: Migration, script: Script) -> None:
        statements = list(script.recorded)
        once = self.embedded is not None  # folders with a version twice can be replayed, though never pushed
        history.record(self.conn, migration.version, migration.name, statements, once=once)

    def _reset(self) -> None:
        """Settings that a file left behind (`set_config('search_path', '')`) must not reach the next one."""
        self.conn.execute("RESET ALL")
        if self.lock_timeout:
            self.conn.execute("SELECT set_config('lock_timeout', %s, false)", (self.lock_timeout,))
        self._become()

    def _become(self) -> None:
        self.conn.execute("RESET ROLE")
        if self.role:
            self.conn.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(self.role)))

    def _run_segment(self, migration: Migration, segment: Segment, finish: Callable[[], None] | None) -> None:
        if not segment.transactional:
            for statement in segment.statements:
                self._run(migration, [statement])
            return
        try:
            self.conn.execute("BEGIN")
            for group in self._groups(segment.statements):
                self._run(migration, group)
            if finish is not None:
                self._become()  # a file may leave another role behind
                finish()
            self.conn.execute("COMMIT")  # deferred constraints speak only now
        except psycopg.Error as error:
            if self._is_lost(error):
                raise _lost(migration, error) from error
            self._roll_back()
            raise MigrationFailed(_failure(migration, segment.statements[-1:], 0, error)) from error
        except BaseException:
            self._roll_back()
            raise

    def _is_lost(self, error: psycopg.Error) -> bool:
        return self.conn.pgconn.status == pq.ConnStatus.BAD or error.sqlstate in _SERVER_GONE

    def _roll_back(self) -> None:
        if not self.conn.closed and self.conn.info.transaction_status != pq.TransactionStatus.IDLE:
            self.conn.execute("ROLLBACK")

    def _run(self, migration: Migration, group: Sequence[Statement]) -> None:
        self._send(migration, group)
        if self.after_each is not None:
            self.after_each(group[-1])

    def _send(self, migration: Migration, group: Sequence[Statement]) -> None:
        """Sends the statements as one simple query; their results tell which of them failed."""
        text = migration.text[group[0].start : group[-1].start + len(group[-1].text)]
        found = self._treatment(group[0])
        if self.embedded is not None and found is not None:
            if found.note:
                self.embedded.notes.append(f"{migration.filename}:{group[0].line}: {found.note}")
            if found.do == "pass_over":
                return
            text = self.embedded.elevate(group[0].text) if found.do == "elevate" else found.text
        try:
            with self.conn.lock:
                self.conn.pgconn.send_query(text.encode())
                results = self.conn.wait(generators.execute(self.conn.pgconn))
        except psycopg.OperationalError as error:
            raise _lost(migration, error) from error
        for index, result in enumerate(results):
            if result.status == pq.ExecStatus.FATAL_ERROR:
                refused = error_from_result(result, encoding="utf-8")
                if self._is_lost(refused):
                    raise _lost(migration, refused) from refused
                failure = _failure(migration, group, index, refused, as_it_stands=found is None)
                raise MigrationFailed(failure) from refused

    def _treatment(self, statement: Statement) -> StandIn | None:
        return self.embedded.treatment(statement) if self.embedded is not None else None

    def _groups(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Neighbours that can be sent together: what is not run as it stands is sent alone."""
        groups: list[list[Statement]] = []
        joined = False
        for statement in statements:
            plain = self._treatment(statement) is None
            if joined and plain and self.after_each is None:
                groups[-1].append(statement)
            else:
                groups.append([statement])
            joined = plain
        return groups


def refuse_problems(problems: Sequence[Problem]) -> None:
    """Raises Findings for the first problem that was found without running anything."""
    for problem in problems:
        place = f"{problem.filename}:{problem.line}" if problem.line else problem.filename
        raise Findings(f"{place}: {problem.message}.", next_step=problem.mend, untouched="Nothing of the file was run.")


def _lost(migration: Migration, error: psycopg.Error) -> DriftwatchError:
    return DriftwatchError(
        f"The connection was lost while {migration.filename} ran.",
        details=str(error).strip(),
        untouched="Its transaction was rolled back by the server.",
    )


def _failure(
    migration: Migration, group: Sequence[Statement], index: int, error: psycopg.Error, *, as_it_stands: bool = True
) -> Failure:
    statement = group[min(index, len(group) - 1)] if group else None
    diag = error.diag
    line, text = 0, ""
    if statement is not None:
        line, text = statement.line, statement.text
        position = int(diag.statement_position or 0)
        if position and as_it_stands:
            # Counted in characters from the beginning of what was sent.
            line = migration.text.count("\n", 0, group[0].start + position - 1) + 1
    return Failure(
        filename=migration.filename,
        line=line,
        statement=text,
        sqlstate=diag.sqlstate or "",
        message=(diag.message_primary or str(error)).strip(),
        detail=diag.message_detail or "",
        hint=diag.message_hint or "",
        context=(diag.context or "") if as_it_stands else "",  # how it is elevated is no business of the reader's
    )
