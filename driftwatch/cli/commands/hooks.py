"""`driftwatch hooks`: install, remove or look at the git hooks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.git.repo import Repo


@click.group("hooks", cls=Group)
def command() -> None:
    """The git hooks: prove before a push, sync after a pull.

    \b
    Example:
      driftwatch hooks install
      driftwatch hooks status
    """


def _project(options: Options) -> tuple[Project, Repo, str]:
    """The project, its repository, and the project's directory when it is not the repository's root."""
    from driftwatch.cli.project import open_project
    from driftwatch.errors import UsageError

    project = open_project(options)
    if project.repo is None:
        raise UsageError(f"{project.root} is not in a git repository.", next_step="git init, then try again.")
    below = project.root.resolve().relative_to(project.repo.root.resolve()).as_posix()
    return project, project.repo, "" if below == "." else below


@command.command()
@pass_options
def install(options: Options) -> None:
    """Install the hooks; other people's hooks are kept and go on running.

    \b
    Example:
      driftwatch hooks install
    """
    from driftwatch.cli.output import emit
    from driftwatch.git import hooks

    project, repo, below = _project(options)
    plan = hooks.install(repo, project.in_repo, project=below)
    _tell(options, "hooks install", [step.line() for step in plan.changes], "The hooks are installed already.")
    if options.json:
        emit("hooks install", "done", {"changes": [step.line() for step in plan.changes]})


@command.command()
@pass_options
def uninstall(options: Options) -> None:
    """Remove the hooks; what was there before is put back byte for byte.

    \b
    Example:
      driftwatch hooks uninstall
    """
    from driftwatch.cli.output import emit
    from driftwatch.git import hooks

    _, repo, _ = _project(options)
    plan = hooks.uninstall(repo)
    _tell(
        options,
        "hooks uninstall",
        [step.line() for step in plan.changes],
        "No hook of driftwatch is installed.",
    )
    if options.json:
        emit("hooks uninstall", "done", {"changes": [step.line() for step in plan.changes]})


@command.command()
@pass_options
def status(options: Options) -> None:
    """Say which hooks are in place. Exit code 1 when some are not.

    \b
    Example:
      driftwatch hooks status
    """
    from driftwatch.cli.output import emit
    from driftwatch.git import hooks

    project, repo, below = _project(options)
    found = hooks.status(repo, project.in_repo, project=below)
    if options.json:
        emit(
            "hooks status",
            "installed" if found.ok else "incomplete",
            {"folder": str(found.folder), "hooks": dict(found.hooks)},
        )
    else:
        print(f"Hooks in {found.folder}:")
        for name, state in found.hooks.items():
            print(f"  {name:<14} {state}")
        if not found.ok:
            print("Next: driftwatch hooks install")
    sys.exit(0 if found.ok else 1)


def _tell(options: Options, what: str, lines: list[str], nothing: str) -> None:
    for line in lines or [nothing]:
        options.say(line)
