"""`driftwatch hooks`: install, remove or look at the git hooks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.git.hook_files import Place
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
    lines = [step.line() for step in plan.changes]
    _tell(options, [*lines, *plan.notes] if lines else ["The hooks are installed already."])
    if options.json:
        emit("hooks install", "done", {"changes": lines, "notes": list(plan.notes)})


@command.command()
@pass_options
def uninstall(options: Options) -> None:
    """Remove the hooks of all projects here; what was there before is put back byte for byte.

    \b
    Example:
      driftwatch hooks uninstall
    """
    from driftwatch.cli.output import emit
    from driftwatch.git import hooks

    _, repo, _ = _project(options)
    plan = hooks.uninstall(repo)
    lines = [step.line() for step in plan.changes]
    _tell(options, [*lines, *plan.notes] if lines else ["No hook of driftwatch is installed."])
    if options.json:
        emit("hooks uninstall", "done", {"changes": lines, "notes": list(plan.notes)})


@command.command()
@pass_options
def status(options: Options) -> None:
    """Say which hooks git runs, and why one would not run. Exit code 1 when some are not in place.

    \b
    Example:
      driftwatch hooks status
    """
    from driftwatch.cli.output import emit
    from driftwatch.git import hooks_status

    project, repo, below = _project(options)
    found = hooks_status.status(repo, project.in_repo, project=below)
    if options.json:
        body = {
            "folder": str(found.folder),
            "manager": found.manager.name if found.manager is not None else None,
            "hooks": dict(found.hooks),
            "called_from": dict(found.called_from),
            "chained": list(found.chained),
            "problems": list(found.problems),
        }
        emit("hooks status", "installed" if found.ok else "incomplete", body)
    else:
        managed = f", managed by {found.manager.name} ({found.manager.evidence})" if found.manager else ""
        print(f"git takes hooks from {found.folder}{managed}")
        for name, state in found.hooks.items():
            first = ", after the hook that was there before" if name in found.chained else ""
            print(f"  {name:<14} {state:<15} {found.called_from.get(name, '')}{first}".rstrip())
        for problem in found.problems:
            print(f"Why: {problem}")
        if set(found.hooks.values()) - {"installed", "not run"}:
            print("Next: driftwatch hooks install")
    sys.exit(0 if found.ok else 1)


@command.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@pass_options
def run(options: Options, name: str, arguments: tuple[str, ...]) -> None:
    """Run the hook NAME as git would; the lines in other tools' files call this in a clone without our scripts.

    \b
    Example:
      driftwatch hooks run post-merge 0
    """
    from driftwatch.errors import UsageError
    from driftwatch.git import hooks
    from driftwatch.git.repo import Repo

    repo = Repo.find(Path.cwd())
    if repo is None or name not in hooks.HOOK_NAMES:
        raise UsageError(f"{name} is no hook of driftwatch's, or this is no git work tree.")
    script = hooks.install_own(repo, _places(options, repo)) / name
    os.execv(script, [str(script), *arguments])


def _places(options: Options, repo: Repo) -> list[Place]:
    """The projects of this repository: where git knows a driftwatch.toml, or its root."""
    from driftwatch.cli.project import load_settings, make_project
    from driftwatch.git.hook_files import Place

    found = repo.folders_with("driftwatch.toml") or ("",)
    projects = {below: make_project(root := repo.root / below, load_settings(options, root)) for below in found}
    return [Place(project.in_repo, below) for below, project in projects.items()]


def _tell(options: Options, lines: list[str]) -> None:
    for line in lines:
        options.say(line)
