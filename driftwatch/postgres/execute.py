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


_AT_ONCE = "RESET ALL;RESET ROLE;BEGIN;"


class ConnectionLost(DriftwatchError):
    """The session ended while a migration ran. If it was at its COMMIT, only the history can tell what became of it."""


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
        if self.embedded is not None:
            self.embedded.prepare(migration)
        if record and self._fits_one_message(script):
            self._run_at_once(migration, script)
            return
        self.reset(migration)
        segments = list(script.segments)
        if not segments or not segments[-1].transactional:
            segments.append(Segment(()))
        row = self._row(migration, script) if record else None
        for index, segment in enumerate(segments):
            try:
                if segment.transactional:
                    last = index == len(segments) - 1
                    self.run_together(migration, segment.statements, None, row=row if last else None)
                else:
                    for statement in segment.statements:
                        self.run_alone(migration, statement)
            except MigrationFailed as failed:
                failed.partly_applied = index > 0
                failed.untouched = (
                    "Earlier statements of the file were committed: it is not one transaction."
                    if failed.partly_applied
                    else "Nothing of the file was applied."
                )
                raise

    def _fits_one_message(self, script: Script) -> bool:
        """Whether the file is one transaction of statements that are sent as they stand, as most are."""
        return (
            script.parsed
            and len(script.segments) == 1
            and script.segments[0].transactional
            and not (self.lock_timeout or self.role)
            and self.after_each is None
            and all(self._treatment(one) is None for one in script.statements)
        )

    def _run_at_once(self, migration: Migration, script: Script) -> None:
        """All that `apply` does, in one message: of hundreds of small files most of the time would go into waiting."""
        row = self._row(migration, script)
        end = sql.SQL("\n;{};{};COMMIT").format(self._local_role(), row).as_string(self.conn)  # after a comment, maybe
        try:
            self._send(migration, script.statements, before=_AT_ONCE, after=end)
        except BaseException as error:
            self._roll_back()
            if isinstance(error, MigrationFailed):
                error.untouched = "Nothing of the file was applied."
            raise

    def run_sql(self, migration: Migration) -> None:
        """Runs a file that is no migration (a base, a seed): as `apply`, without a history row."""
        self.apply(migration, record=False)

    def _row(self, migration: Migration, script: Script) -> sql.Composed:
        statements = list(script.recorded)
        once = self.embedded is not None  # folders with a version twice can be replayed, though never pushed
        return history.row(migration.version, migration.name, statements, once=once)

    def reset(self, migration: Migration) -> None:
        """Settings that a file left behind (`set_config('search_path', '')`) must not reach the next one.

        Raises ConnectionLost.
        """
        try:
            self.conn.execute("RESET ALL; RESET ROLE")  # at once, because this is done for each file
            if self.lock_timeout:
                self.conn.execute("SELECT set_config('lock_timeout', %s, false)", (self.lock_timeout,))
            if self.role:
                self.become()
        except psycopg.OperationalError as error:
            raise _lost(migration, error) from error

    def become(self, *, local: bool = False) -> None:
        """Makes the session the role that migrations run as. local: until the transaction ends."""
        if local:
            self.conn.execute(self._local_role())
            return
        self.conn.execute("RESET ROLE")
        if self.role:
            self.conn.execute(sql.SQL("SET SESSION ROLE {}").format(sql.Identifier(self.role)))

    def _local_role(self) -> sql.Composed:
        role = sql.Identifier(self.role) if self.role else sql.SQL("NONE")
        return sql.SQL("SET LOCAL ROLE {}").format(role)

    def run_alone(self, migration: Migration, statement: Statement) -> None:
        """Runs one statement without others around it: in a transaction of its own if it can have one, as a push does.

        Raises MigrationFailed or ConnectionLost.
        """
        if statement.outside:
            self._run(migration, [statement])
        else:
            self.run_together(migration, [statement], None)

    def run_together(
        self,
        migration: Migration,
        statements: Sequence[Statement],
        finish: Callable[[], None] | None,
        *,
        row: sql.Composed | None = None,
    ) -> None:
        """Runs statements in one transaction. finish: what else happens in it, at its end. row: the history's.

        Raises MigrationFailed, after which nothing of it is left, or ConnectionLost.
        """
        try:
            self.conn.execute("BEGIN")
            for group in self._groups(statements):
                self._run(migration, group)
            if finish is not None:
                self.become(local=True)  # a file may have taken another role
                finish()
            end = sql.SQL("COMMIT")  # deferred constraints speak only now
            self.conn.execute(sql.SQL("; ").join([self._local_role(), row, end]) if row is not None else end)
        except psycopg.Error as error:
            if self._is_lost(error):
                raise _lost(migration, error) from error
            self._roll_back()
            raise MigrationFailed(_failure(migration, statements[-1:], 0, error)) from error
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

    def _send(self, migration: Migration, group: Sequence[Statement], *, before: str = "", after: str = "") -> None:
        """Sends the statements as one simple query; their results tell which of them failed.

        before, after: other statements, sent in the same query.
        """
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
                self.conn.pgconn.send_query(f"{before}{text}{after}".encode())
                results = self.conn.wait(generators.execute(self.conn.pgconn))
        except psycopg.OperationalError as error:
            raise _lost(migration, error) from error
        for index, result in enumerate(results):
            if result.status == pq.ExecStatus.FATAL_ERROR:
                refused = error_from_result(result, encoding="utf-8")
                if self._is_lost(refused):
                    raise _lost(migration, refused) from refused
                index = max(index - before.count(";"), 0)
                theirs = found is None and index < len(group)
                failure = _failure(migration, group, index, refused, as_it_stands=theirs, sent_before=len(before))
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


def _lost(migration: Migration, error: psycopg.Error) -> ConnectionLost:
    return ConnectionLost(
        f"The connection was lost while {migration.filename} ran.",
        details=str(error).strip(),
        untouched="Its transaction was rolled back by the server.",
    )


def _failure(
    migration: Migration,
    group: Sequence[Statement],
    index: int,
    error: psycopg.Error,
    *,
    as_it_stands: bool = True,
    sent_before: int = 0,
) -> Failure:
    """sent_before: characters that were sent before the group."""
    statement = group[min(index, len(group) - 1)] if group else None
    diag = error.diag
    line, text = 0, ""
    if statement is not None:
        line, text = statement.line, statement.text
        position = int(diag.statement_position or 0)
        if position and as_it_stands:
            # Counted in characters from the beginning of what was sent.
            line = migration.text.count("\n", 0, group[0].start + position - sent_before - 1) + 1
        elif diag.internal_query and text.count(diag.internal_query) == 1:
            # In a function's body, or in one of its statements.
            position = text.index(diag.internal_query) + int(diag.internal_position or 1) - 1
            line = statement.line + text.count("\n", 0, position)
    return Failure(
        filename=migration.filename,
        line=line,
        statement=text,
        sqlstate=diag.sqlstate or "",
        message=(diag.message_primary or str(error)).strip(),
        detail=diag.message_detail or "",
        hint=diag.message_hint or "",
        context=(diag.context or "") if as_it_stands else "",  # how it is elevated is no business of the reader's
        first_line=statement.line if statement is not None else 0,
    )
