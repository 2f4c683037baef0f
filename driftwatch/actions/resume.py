"""Where a migration goes on that a push began and did not finish."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.core.push_progress import Begun, Progress, Subject, interrupted, progress_of, settings, subject
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import progress
from driftwatch.postgres.connect import Connection, translated


@dataclass(frozen=True)
class Resume:
    """done: how many statements are applied, an interrupted one among them where it turned out to be.

    leftovers: indexes that an interrupted statement left half-built, quoted. detaching: a DETACH … CONCURRENTLY that
    stopped between its two transactions.
    """

    begun: Begun
    done: int
    leftovers: tuple[str, ...] = ()
    detaching: Subject | None = None

    @property
    def progress(self) -> Progress:
        """What was remembered, brought up to what was found."""
        if self.done == self.begun.progress.done or self.detaching:
            return self.begun.progress
        return progress_of(self.begun.migration.version, self.begun.script, self.done)

    def in_words(self) -> str:
        """For the plan."""
        total = len(self.begun.script.statements)
        said = [f"goes on after {self.done} of its {total} statements, which are applied"]
        said += [f"first drops the index {one}, which an interrupted build left invalid" for one in self.leftovers]
        said += ["first ends the DETACH that was interrupted"] if self.detaching else []
        return "; ".join(said)


def find(conn: Connection, begun: Begun, name: str) -> Resume:
    """Looks at what became of the statement whose end nobody saw. Changes nothing.

    Raises DriftwatchError where nobody can tell.
    """
    done, running = begun.progress.done, interrupted(begun.script, begun.progress)
    if running is None:
        return Resume(begun, done)
    about = subject(running)
    with (
        translated(f"Could not look at what became of {begun.migration.filename}"),
        conn.transaction(force_rollback=True),
    ):
        conn.execute("SET TRANSACTION READ ONLY")
        for setting in settings(begun.script.statements[:done]):  # names may depend on search_path
            conn.execute(setting.text.encode())
        found = progress.outcome(conn, about)
    match found.state:
        case "done":
            return Resume(begun, done + 1)
        case "again":
            return Resume(begun, done, found.leftovers)
        case "unfinished":
            return Resume(begun, done + 1, detaching=about)
    left = f" Indexes of its table that are not valid: {', '.join(found.leftovers)}." if found.leftovers else ""
    raise DriftwatchError(
        f"{begun.migration.filename}:{running.line}: the connection ended while this ran, and nobody can tell whether "
        f"it was done.{left}",
        details=f"    {running.text}",
        untouched=f"{name} was not changed. {begun.in_words()}",
        next_step="Look at the database, and change the statement so that it may run again (name the index, IF NOT "
        "EXISTS, a condition; a comment in it will do where it may already): a changed statement is run.",
    )
