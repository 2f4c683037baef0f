"""The short way of `driftwatch hook pre-push`: a push that passed before, before any command line is read."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from driftwatch.errors import DriftwatchError


def try_it(arguments: list[str]) -> bool:
    """Whether these are the arguments of a pre-push hook, and the push is known to pass; then that is said.

    Else nothing was said, and stdin is there to be read as it was.
    """
    match arguments:
        case ["hook", "pre-push", *about] | ["--project", _, "hook", "pre-push", *about]:
            project = arguments[1] if arguments[0] == "--project" else ""
        case _:
            return False
    pushed = sys.stdin.buffer.read()
    said = _said(project, about[0] if about else "", pushed.decode(errors="surrogateescape"))
    if said is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(pushed))
        return False
    for words in said:
        print(words, file=sys.stderr)
    return True


def _said(project: str, remote_name: str, pushed: str) -> list[str] | None:
    from driftwatch import grounds
    from driftwatch.actions.clearance import cleared
    from driftwatch.cli.root import project_root
    from driftwatch.git.repo import Repo

    try:
        root: Path = project_root(project)
        repo = Repo.find(root)
        return cleared(repo, grounds.key(root), remote_name, pushed) if repo else None
    except (DriftwatchError, OSError, KeyError, TypeError):  # the long way says what is wrong
        return None
