"""The state of everything at once: git, local, each remote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from driftwatch.actions.check import Checked, check_seen, see
from driftwatch.actions.last_look import LastLook
from driftwatch.actions.project import Project
from driftwatch.actions.targets import database
from driftwatch.core.migrations import Folder
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.git.repo import Repo
from driftwatch.postgres import history, progress
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.reading import state_of

_comparing = Lock()
"""One database after the other, because the second one needs what was replayed for the first."""


@dataclass(frozen=True)
class GitState:
    """branch: None when HEAD is detached or there is no repository. uncommitted: files of the migrations folder."""

    branch: str | None
    upstream: str | None
    ahead: int
    behind: int
    uncommitted: tuple[str, ...]


@dataclass(frozen=True)
class Status:
    """local: None where no local database was made yet. An error says that it could not be looked at.

    default: the remote that is meant where none is named, "" where that is not clear.
    """

    folder: Folder
    git: GitState | None
    local: Checked | DriftwatchError | None
    remotes: tuple[tuple[str, Checked | DriftwatchError], ...]
    default: str = ""

    def next_step(self) -> str:
        """The command to type next, "" when all is in sync."""
        if self.folder.problems:
            return "driftwatch verify"
        for name, result in self.remotes:
            if isinstance(result, Checked) and result.drifted:
                return f"driftwatch check {name}"
        if self.local is None:
            return "driftwatch db start"
        if isinstance(self.local, DriftwatchError):
            return self.local.next_step or "driftwatch doctor"
        if self.local.history.pending or self.local.drifted:
            return self._sync_local() if not self.local.changes else "driftwatch diff migrations local"
        for name, result in self.remotes:
            if isinstance(result, DriftwatchError):
                return result.next_step or f"driftwatch check {name}"
            if result.history.out_of_order and not self._unseen:
                return "driftwatch rebase"
            if result.history.pending:
                return f"driftwatch sync to-remote {name}"
        return ""

    @property
    def _unseen(self) -> dict[str, DriftwatchError]:
        return {name: result for name, result in self.remotes if isinstance(result, DriftwatchError)}

    def _sync_local(self) -> str:
        """From the remote, unless that could not even be looked at."""
        name = self.default or next((name for name, _ in self.remotes if name not in self._unseen), "")
        if self.remotes and (not name or name in self._unseen):
            name = name or self.remotes[0][0]
            step = self._unseen[name].next_step or f"driftwatch check {name}"
            return f"{step}\nLocal without {name}: driftwatch db reset"
        return f"driftwatch sync from-remote {'' if self.default else name}".rstrip()


def look(project: Project) -> Status:
    """Looks at everything at once; what can't be looked at is a value, not an exception."""
    names = sorted(project.remotes)
    with ThreadPoolExecutor(len(names) + 2) as pool:
        git = pool.submit(_git, project.repo, project.in_repo)
        folder = project.folder()
        last = LastLook(project, folder.migrations)
        remotes = [pool.submit(_attempt, project, name, last) for name in names]
        local = _attempt_local(project, last)
        found = tuple(zip(names, (one.result() for one in remotes), strict=True))
        return Status(folder, git.result(), local, found, project.default_remote_name)


def _git(repo: Repo | None, folder: str) -> GitState | None:
    if repo is None:
        return None
    upstream = repo.upstream()
    ahead, behind = repo.ahead_behind(upstream) if upstream else (0, 0)
    return GitState(repo.branch(), upstream, ahead, behind, repo.uncommitted_paths(folder))


def _attempt(project: Project, name: str, last: LastLook) -> Checked | DriftwatchError:
    try:
        return _look_at(project, name, last)[0]
    except DriftwatchError as error:
        return error


def _attempt_local(project: Project, last: LastLook) -> Checked | DriftwatchError | None:
    """A server that nobody needs just now is not started where nothing can have changed since it was stopped."""
    try:
        if project.local_at is not None:
            return _look_at(project, "local", last)[0]
        local = project.local_database()
        if not local.exists():
            return None
        before = local.at_rest()
        known = last.recall("local", before) if before else None
        if known is not None:
            return known
        checked, state = _look_at(project, "local", last)
        after = local.at_rest()
        if state and after:
            last.keep("local", (state, after), checked)
        return checked
    except DriftwatchError as error:
        return error


def _look_at(project: Project, target: str, last: LastLook) -> tuple[Checked, str]:
    """Compares a database, unless nothing changed there since the last look; with its state, "" where that moved."""
    with database(project, target) as (name, conn, _):
        before = state_key(conn)
        known = last.recall(name, before) if before else None
        if known is not None:
            return known, before
        seen = see(project, conn)
        state = before if state_key(conn) == before else ""
    with _comparing:
        checked = check_seen(project, name, seen)
    last.keep(name, (state,) if state else (), checked)
    return checked, state


def state_key(conn: Connection) -> str:
    """Changes when anything does that a comparison looks at; "" for a login that may not ask."""
    try:
        state = f"{state_of(conn)} {history.digest(conn)} {progress.read(conn)}"
    except Unreachable:
        raise
    except DriftwatchError:
        return ""
    return sha256(state.encode()).hexdigest()
