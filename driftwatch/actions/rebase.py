"""Gives unapplied migrations versions after everything that the remotes have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from driftwatch.actions.check import remote_session
from driftwatch.actions.project import Project
from driftwatch.core.rebase import Move, rebase
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import history


@dataclass(frozen=True)
class Rebased:
    """moves: files and their new names. mentions: files that name an old one, relative to the repository.

    Among them are those that are renamed; a migration that is applied somewhere stays as it is, whatever it names.
    """

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
    folder = project.folder()
    # A version that no file can have (the table takes any text) is none to come after.
    moves = rebase(
        [one for one in folder.migrations if one.version not in applied],
        (version for version in applied if version.isascii() and version.isdigit()),
    )
    if project.repo is None or not moves:
        return Rebased(moves)
    fixed = {f"{project.in_repo}/{one.filename}" for one in folder.migrations if one.version in applied}
    stems = _new_stems(moves)
    found = [
        path
        for path in project.repo.paths_with_text(list(stems))
        if path not in fixed and _mended(project.repo.root / path, stems) is not None
    ]
    return Rebased(moves, tuple(found))


def carry_out(project: Project, planned: Rebased) -> None:
    """Renames the files, with git where it knows them, and what names them in other files and in themselves.

    Raises DriftwatchError where another file has one of the new names; then nothing is renamed.
    """
    folder = project.migrations_path
    going = {move.old for move in planned.moves}
    for move in planned.moves:
        if move.new not in going and (folder / move.new).exists():
            raise DriftwatchError(f"{folder / move.new} is there already.", untouched="Nothing was renamed.")
    if project.repo is not None:
        for path in planned.mentions:
            file = project.repo.root / path
            text = _mended(file, _new_stems(planned.moves))
            if text is not None:
                file.write_bytes(text)
    for move in reversed(planned.moves):  # the last first: its place is free then
        if project.repo is None or not project.repo.rename(folder / move.old, folder / move.new):
            (folder / move.old).rename(folder / move.new)


def _new_stems(moves: tuple[Move, ...]) -> dict[str, str]:
    return {move.old.removesuffix(".sql"): move.new.removesuffix(".sql") for move in moves}


def _mended(file: Path, stems: dict[str, str]) -> bytes | None:
    """The file's content with the new names, all at once: one's new name may be another's old one. None: unchanged.

    A name inside a longer word is another name.
    """
    if file.is_symlink() or not file.is_file():
        return None
    found = re.compile(rb"(?<!\w)(?:" + b"|".join(re.escape(stem.encode()) for stem in stems) + rb")(?!\w)")
    content = file.read_bytes()
    text = found.sub(lambda match: stems[match[0].decode()].encode(), content)
    return text if text != content else None
