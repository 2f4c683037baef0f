"""`driftwatch status`: one screen, and the next command to type."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.status import GitState, Status


@click.command("status", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Show git, the local database and each remote: in sync, pending, drifted, unknown, edited, unreachable.

    Exit code 0: nothing drifted. 1: something did. 2: something could not be looked at, a file of the folder included.

    \b
    Example:
      driftwatch status
    """
    from driftwatch.actions.check import Checked
    from driftwatch.actions.status import look
    from driftwatch.cli.output import checked_json, emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import COULD_NOT, DriftwatchError

    project = open_project(options)
    _refuse_to_look_beside(project, options)
    found = look(project)
    every = [result for _, result in (("local", found.local), *found.remotes) if result is not None]
    drifted = any(isinstance(result, Checked) and result.drifted for result in every)
    failed = bool(found.folder.problems) or any(isinstance(result, DriftwatchError) for result in every)
    if options.json:
        emit(
            "status",
            "could_not" if failed else "drifted" if drifted else "in_sync",
            {
                "git": _git_json(found.git),
                "migrations": len(found.folder.migrations),
                "skipped": list(found.folder.skipped),
                "problems": [f"{one.filename} {one.message}" for one in found.folder.problems],
                "local": None if found.local is None else checked_json("local", found.local),
                "remotes": [checked_json(name, result) for name, result in found.remotes],
                "next_step": found.next_step(),
            },
        )
    else:
        print("\n".join(_lines(found)))
    sys.exit(COULD_NOT if failed else 1 if drifted else 0)


def _refuse_to_look_beside(project: Project, options: Options) -> None:
    """Raises UsageError where nothing is here, but in projects below: "0 files" would be no answer for them."""
    from shlex import quote

    from driftwatch.actions.init import projects_below
    from driftwatch.errors import UsageError

    if options.project or project.migrations_path.exists():
        return
    below = [one.relative_to(project.root).as_posix() for one in projects_below(project.root)]
    if below:
        raise UsageError(
            f"{project.root} has no migrations; the projects below it: {', '.join(below)}.",
            next_step=f"driftwatch --project {quote(below[0])} status",
        )


def _lines(found: Status) -> list[str]:
    from driftwatch.cli.output import verdict
    from driftwatch.core import audit
    from driftwatch.core.history import MEANINGS
    from driftwatch.core.text import clean
    from driftwatch.errors import DriftwatchError

    width = max(len("migrations"), *(len(name) for name, _ in found.remotes), 0) if found.remotes else 10
    count = len(found.folder.migrations)
    last = f", the last {found.folder.migrations[-1].filename}" if count else ""
    rows = [("git", _git_line(found.git)), ("migrations", f"{count} file{'s' if count != 1 else ''}{last}")]
    rows += [("", f"skipped: {name} (not <digits>_<name>.sql)") for name in found.folder.skipped]
    rows += [("", f"{one.filename} {one.message}") for one in found.folder.problems]
    rows += [("", note) for note in found.folder.notes]
    for name, result in (("local", found.local), *found.remotes):
        if result is None:
            rows.append((name, "not made yet"))
        elif isinstance(result, DriftwatchError):
            rows.append((name, f"could not look: {result.message}"))
        else:
            rows.append((name, f"{verdict(result)}   {result.fingerprint[:16]}…"))
            late = ", ".join(result.history.out_of_order)
            rows += [("", f"{MEANINGS['out_of_order']}: {late}")] if late else []
            rows += [("", f"by {audit.summary(result.by)}")] if result.by else []
    lines = [f"{name:<{width}}  {clean(text)}" for name, text in rows]
    step = found.next_step()
    return [*lines, f"Next: {step}" if step else "All is in sync."]


def _git_line(git: GitState | None) -> str:
    if git is None:
        return "not a git repository"
    parts = [git.branch or "detached HEAD"]
    if git.upstream:
        parts.append(f"{git.ahead} ahead, {git.behind} behind {git.upstream}")
    if git.uncommitted:
        parts.append(f"{len(git.uncommitted)} uncommitted in the migrations folder")
    return "; ".join(parts)


def _git_json(git: GitState | None) -> dict[str, object] | None:
    if git is None:
        return None
    return {
        "branch": git.branch,
        "upstream": git.upstream,
        "ahead": git.ahead,
        "behind": git.behind,
        "uncommitted": list(git.uncommitted),
    }
