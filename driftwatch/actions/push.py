"""Applies what was planned to a remote, so that history and schema agree wherever it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg

from driftwatch.actions import account, resume
from driftwatch.actions.check import another_session, remote_session, see
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.remote_schema import look_again
from driftwatch.actions.to_remote import Plan, PlannedMigration
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.push_progress import Part, parts, progress_of, settings, subject
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import MAY_COMMIT, Statement
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import history, progress
from driftwatch.postgres.blockers import Blockers
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.execute import MigrationFailed, Runner
from driftwatch.postgres.push_lock import only_push
from driftwatch.postgres.queries import query
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.stop_points import stop_point

TRIES = 5
"""How often a statement that gets no lock is tried, with pauses that double."""
_NO_LOCK = {"55P03", "40P01"}
"""No lock in time; a deadlock, of which this side was chosen to end (Postgres, appendix A)."""
_ALREADY_THERE = "42P07"
_CONCURRENTLY = {"index_stmt", "drop_stmt"}
"""What takes long because it waits for old transactions, while nobody waits for it."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Pushed:
    """What a push did.

    fingerprint: of the remote afterwards; expected: what the migrations make, None where the remote had drifted
    before. changes: in which objects it differs from that.
    """

    applied: tuple[str, ...]
    fingerprint: str
    expected: str | None
    changes: tuple[ObjectChange, ...] = ()


def push(project: Project, remote: Remote, planned: Plan, tell: Tell, done: Tell) -> Pushed:
    """Applies the planned migrations, each with its history row. tell: what a person should know meanwhile.

    done: called with the name of each file that is applied. Raises DriftwatchError when another push holds the lock,
    or the remote is no longer what it was planned on; MigrationFailed when the remote refuses a migration. What was
    applied until then stands in the error.
    """
    patience = float(project.lock_timeout)
    with remote_session(remote) as conn, only_push(conn, remote.name, patience * (TRIES + 1), tell) as still_held:
        stop_point("push: locked")
        _refuse_moved(project, conn, planned)
        runner = Runner(conn, role=planned.role, lock_timeout=str(project.lock_timeout * 1000))
        with (
            account.given(conn, remote, planned, tell),
            Blockers(conn.info.backend_pid, another_session(remote), tell) as seen,
        ):
            with translated(f"Could not become {planned.role or 'the login itself'} on {remote.name}"):
                runner.become()
            history.ensure(conn)
            stop_point("push: ready")
            pusher = _Pusher(runner, planned.remote, seen, tell, patience, still_held)
            for one in planned.migrations:
                pusher.apply(one)
                done(one.migration.filename)
        after = _look_again(project, remote, conn)
    stop_point("push: applied")
    return _compared(planned, after)


@dataclass
class _Pusher:
    """Applies files one after the other on one session. patience: the lock_timeout in seconds.

    still_held: raises DriftwatchError where the lock of pushes was lost.
    """

    runner: Runner
    name: str
    blockers: Blockers
    tell: Tell
    patience: float
    still_held: Callable[[], None]
    conn: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.conn = self.runner.conn

    def apply(self, one: PlannedMigration) -> None:
        """Applies what is left of a file, part by part, and tries again what got no lock."""
        with translated(f"Could not go on with {one.migration.filename}"):
            self.runner.reset(one.migration)
            self.still_held()
            if one.resume is not None:
                for setting in settings(one.script.statements[: one.resume.done]):
                    self.runner.run_alone(one.migration, setting)
                self._tidy(one.resume)
            for part in one.parts:
                self._patiently(one, part)

    def _tidy(self, found: resume.Resume) -> None:
        """Ends or takes back what an interrupted statement left."""
        for index in found.leftovers:
            self.tell(f"Drops the index {index}, which an interrupted build left invalid")
            progress.drop_invalid(self.conn, index)
        if found.detaching is not None:
            progress.finish_detaching(self.conn, found.detaching)

    def _patiently(self, one: PlannedMigration, part: Part) -> None:
        run = self._together if part.transactional else self._alone
        pause = self.patience / TRIES
        for number in range(2, TRIES + 1):
            self.blockers.last = ""
            try:
                run(one, part)
                return
            except MigrationFailed as failed:
                if not _may_be_tried_again(failed):
                    raise
                place, why = failed.failure.place, failed.failure.message
                self.tell(f"{place}: {why}; once more in {pause:g} s (try {number} of {TRIES})")
                time.sleep(pause)
                pause *= 2
        try:
            run(one, part)
        except MigrationFailed as failed:
            raise (self._no_lock(failed) if _may_be_tried_again(failed) else failed) from failed.__cause__

    def _no_lock(self, failed: MigrationFailed) -> DriftwatchError:
        waited = f"It waited for {self.blockers.last}\n" if self.blockers.last else ""
        return DriftwatchError(
            f"{failed.failure.place} got no lock in {TRIES} tries of {self.patience:g} s: {failed.failure.message}.",
            details=waited + failed.failure.explanation(),
            next_step=f"When that has ended: driftwatch sync to-remote {self.name}. Longer: [push] lock_timeout.",
        )

    def _together(self, one: PlannedMigration, part: Part) -> None:
        """One transaction: the statements, and the history row or the record of how far the file got."""
        several = len(parts(one.script)) > 1

        def finish() -> None:
            with translated(f"Could not record {one.migration.filename}"):
                if part == one.parts[-1]:
                    self._record(one)
                    if several:
                        progress.forget(self.conn, one.migration.version)
                else:
                    progress.save(self.conn, progress_of(one.migration.version, one.script, part.after))
            stop_point("push: before commit")

        self.runner.run_together(one.migration, part.statements, finish)
        stop_point("push: committed")

    def _record(self, one: PlannedMigration) -> None:
        migration = one.migration
        try:
            history.record(self.conn, migration.version, migration.name, list(one.script.recorded))
        except psycopg.errors.UniqueViolation as error:
            raise DriftwatchError(
                f"Version {migration.version} was applied to {self.name} by somebody else meanwhile.",
                next_step=f"driftwatch check {self.name}",
            ) from error

    def _alone(self, one: PlannedMigration, part: Part) -> None:
        """A statement that can't be in a transaction: announced before it, noted after it."""
        [statement] = part.statements
        self._note(one, part.first, statement)
        stop_point("push: announced")
        limits = self._lift_limits(statement)
        try:
            self.runner.run_alone(one.migration, statement)
        except MigrationFailed as failed:
            if statement.kind in MAY_COMMIT:
                failed.details += (
                    "\nWhat it committed itself before it failed is there, and it runs from its beginning."
                )
            self._set(limits)
            self._take_back(one, part, failed)
            raise
        self._set(limits)
        stop_point("push: ran alone")
        self._note(one, part.after)
        stop_point("push: noted")

    def _note(self, one: PlannedMigration, done: int, running: Statement | None = None) -> None:
        """Writes how far the file got, in a transaction of its own; a file of which nothing is applied has no row."""
        version = one.migration.version
        with translated(f"Could not note how far {one.migration.filename} got"), self.conn.transaction():
            self.runner.become(local=True)
            progress.save(self.conn, progress_of(version, one.script, done, running))
            if not done and running is None:
                progress.forget(self.conn, version)

    def _take_back(self, one: PlannedMigration, part: Part, failed: MigrationFailed) -> None:
        """A build that failed leaves an index that is not valid; without it the statement is as if never run.

        Where it can't be dropped, the statement stays noted as running, so that a rerun drops it.
        """
        about = subject(part.statements[0])
        if about.what == "index made" and failed.failure.sqlstate != _ALREADY_THERE:
            for index in progress.outcome(self.conn, about).leftovers:
                try:
                    progress.drop_invalid(self.conn, index)
                except psycopg.Error as error:
                    failed.partly_applied = True
                    failed.details += f"\nThe index {index} is left invalid until then: {error.diag.message_primary}."
                    return
        self._note(one, part.first)

    def _lift_limits(self, statement: Statement) -> list[tuple[str, str]]:
        """Gives a statement that nobody waits for the time that it needs; the former limits, by name."""
        if statement.kind not in _CONCURRENTLY:
            return []
        rows = self.conn.execute(cast(Any, query("lift_limits")), (self.runner.lock_timeout,)).fetchall()
        return [(name, setting) for name, setting, _ in rows]

    def _set(self, limits: list[tuple[str, str]]) -> None:
        for limit in limits:
            self.conn.execute("SELECT set_config(%s, %s, false)", limit)


def _may_be_tried_again(failed: MigrationFailed) -> bool:
    return failed.failure.sqlstate in _NO_LOCK and not failed.partly_applied


def _refuse_moved(project: Project, conn: Connection, planned: Plan) -> None:
    """Between plan and lock somebody else may have been there."""
    now = see(project, conn)
    there = {row.version for row in now.applied}
    done = sorted(one.version for one in planned.pending if one.version in there)
    if done:
        what = f"{', '.join(done)} is applied there now"
    elif (now.applied, now.begun) != (planned.applied, planned.begun):
        what = "its history is another one"
    elif fingerprint(now.catalog) != planned.checked.fingerprint:
        what = "its schema is another one"
    else:
        return
    raise DriftwatchError(
        f"{planned.remote} changed while this was planned: {what}.",
        untouched=f"{planned.remote} was not changed by this push.",
        next_step=f"Once more: driftwatch sync to-remote {planned.remote}",
    )


def _look_again(project: Project, remote: Remote, conn: Connection) -> Catalog:
    try:
        conn.execute("RESET ALL; RESET ROLE")  # what the last file set is not to decide what can be seen
        after = apply_scope(read_catalog(conn), project.scope)
    except (DriftwatchError, psycopg.Error) as error:
        raise DriftwatchError(
            f"All is applied to {remote.name} and recorded, but it could not be looked at afterwards: {error}",
            next_step=f"driftwatch check {remote.name}",
        ) from error
    look_again(project, remote.name, conn)
    return after


def _compared(planned: Plan, after: Catalog) -> Pushed:
    applied, found = tuple(one.filename for one in planned.pending), fingerprint(after)
    if planned.expected is None:
        return Pushed(applied, found, None)
    expected, after = align(planned.expected, after)
    return Pushed(applied, found, fingerprint(expected), compare(expected, after))
