"""Gives unapplied migrations versions after everything that the remotes have."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project
from driftwatch.core.rebase import Move, rebase
from driftwatch.errors import DriftwatchError
from driftwatch.git.repo import Repo
from driftwatch.postgres import history


@dataclass(frozen=True)
class Rebased:
    """moves: files and their new names. mentions: paths, relative to the repository, that name an old one."""

    moves: tuple[Move, ...]
    mentions: tuple[str, ...] = ()


def plan_rebase(project: Project) -> Rebased:
    """What would be renamed. Asks every remote; changes nothing. Raises Unreachable when one does not answer.

    An applied migration keeps its version for ever: which ones are, only the remotes know.
    """
    applied: set[str] = set()
    for remote in project.remotes.values():
        with remote_session(remote) as conn:
            applied |= {row.version for row in history.read(conn)}
    if not project.remotes:
        raise DriftwatchError(
            "No remote is configured, so what is applied can't be known.", next_step="Name one in driftwatch.toml."
        )
    unapplied = [one for one in project.folder().migrations if one.version not in applied]
    moves = rebase(unapplied, applied)
    stems = [move.old.removesuffix(".sql") for move in moves]
    found = project.repo.paths_with_text(stems) if project.repo is not None and stems else ()
    return Rebased(moves, found)


def carry_out(project: Project, planned: Rebased) -> None:
    """Renames the files, with git where it knows them, and what names them in other files."""
    for move in reversed(planned.moves):  # the last first: its place is free then
        target = project.migrations_path / move.new
        if target.exists():
            raise DriftwatchError(f"{target} is there already.", untouched=f"{move.old} was not renamed.")
        if project.repo is None or not project.repo.rename(project.migrations_path / move.old, target):
            (project.migrations_path / move.old).rename(target)
    if project.repo is not None:
        for path in planned.mentions:
            _mend(project.repo, path, planned.moves)


def _mend(repo: Repo, path: str, moves: tuple[Move, ...]) -> None:
    file = repo.root / path
    if not file.is_file():  # it was one of those that were renamed
        return
    text = file.read_bytes()
    for move in moves:
        text = text.replace(move.old.removesuffix(".sql").encode(), move.new.removesuffix(".sql").encode())
    file.write_bytes(text)
