"""The state of everything at once: git, local, each remote."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.actions.check import Checked, check_remote, check_seen, see
from driftwatch.actions.project import Project
from driftwatch.actions.targets import database
from driftwatch.core.migrations import Folder
from driftwatch.errors import DriftwatchError


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
    """local: None where no local database was made yet. An error says that it could not be looked at."""

    folder: Folder
    git: GitState | None
    local: Checked | DriftwatchError | None
    remotes: tuple[tuple[str, Checked | DriftwatchError], ...]

    def next_step(self) -> str:
        """The command to type next, "" when there is nothing to do."""
        for name, result in self.remotes:
            if isinstance(result, Checked) and result.drifted:
                return f"driftwatch check {name}"
        if self.local is None:
            return "driftwatch db start"
        if isinstance(self.local, DriftwatchError):
            return self.local.next_step
        if self.local.history.pending or self.local.drifted:
            return "driftwatch sync from-remote" if not self.local.changes else "driftwatch diff migrations local"
        for name, result in self.remotes:
            if isinstance(result, DriftwatchError):
                return result.next_step or f"driftwatch check {name}"
            if result.history.pending:
                return f"driftwatch sync to-remote {name}"
        return ""


def look(project: Project) -> Status:
    """Looks at everything; what can't be looked at is a value, not an exception."""
    return Status(
        folder=project.folder(),
        git=_git(project),
        local=_attempt_local(project),
        remotes=tuple((name, _attempt(project, name)) for name in sorted(project.remotes)),
    )


def _git(project: Project) -> GitState | None:
    repo = project.repo
    if repo is None:
        return None
    upstream = repo.upstream()
    ahead, behind = repo.ahead_behind(upstream) if upstream else (0, 0)
    return GitState(repo.branch(), upstream, ahead, behind, repo.uncommitted_paths(project.in_repo))


def _attempt(project: Project, name: str) -> Checked | DriftwatchError:
    try:
        return check_remote(project, project.remotes[name])
    except DriftwatchError as error:
        return error


def _attempt_local(project: Project) -> Checked | DriftwatchError | None:
    try:
        if project.local_at is None and not project.local_database().exists():
            return None
        with database(project, "local") as (_, conn, _):
            seen = see(project, conn)
        return check_seen(project, "local", seen)
    except DriftwatchError as error:
        return error
