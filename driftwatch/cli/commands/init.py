"""`driftwatch init`: make this project a driftwatch project."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.init import Step
    from driftwatch.actions.project import Project

_NONE = "none"
_YES_OR_NO = ("y", "yes", "n", "no")
"""No answers to a question for a name."""
_VARIABLES = ("PRODUCTION_DB_URL", "PRODUCTION_DATABASE_URL", "PROD_DB_URL", "PROD_DATABASE_URL", "PROD_URL")


@click.command("init", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Write driftwatch.toml, install the git hooks, add scripts to package.json and a CI file.

    Asks before each, --yes takes all. Never writes over what is there; run again, it changes nothing.

    \b
    Example:
      driftwatch init
      driftwatch init --yes
    """
    from driftwatch.cli.output import emit
    from driftwatch.errors import COULD_NOT

    project = _project(options)
    asks = sys.stdin is not None and sys.stdin.isatty() and not options.yes
    variable = _remote_variable(options, project)
    if not (project.root / "driftwatch.toml").exists():
        project, variable = _answers(options, project, asks=asks)
    steps, notes, problems = _steps(project, variable)
    chosen = _chosen(options, steps, asks=asks)
    done = []
    for step in chosen:
        step.do()
        done.append(step.what)
        options.say(f"Done: {step.what}.")
        notes += step.notes
    for note in (*notes, *problems):
        options.say(note)
    if not steps and not problems:
        options.say("Everything is in place; nothing was changed.")
    if not variable and not project.remotes:
        options.say("No remote yet: name one under [remotes.production] in driftwatch.toml.")
    if options.json:
        body = {"root": str(project.root), "changes": done, "notes": notes, "problems": problems}
        emit("init", "could_not" if problems else "done", body)
    else:
        options.say(f"Next: {_next(project, variable)}")
    sys.exit(COULD_NOT if problems else 0)


def _project(options: Options) -> Project:
    """The project of this directory; where only one below it has a Supabase folder, that one."""
    from driftwatch.actions.init import projects_below, several
    from driftwatch.cli.project import find_root, load_settings, make_project
    from driftwatch.cli.root import NoProject

    try:
        root = find_root(options)
    except NoProject as error:
        error.next_step = "git init, then driftwatch init again; or go to the project, or name it with --project DIR."
        raise
    if not options.project and not any((root / mark).exists() for mark in ("driftwatch.toml", "supabase")):
        below = projects_below(root)
        if len(below) > 1:
            raise several(root, below)
        root = below[0] if below else root
    return make_project(root, load_settings(options, root))


def _remote_variable(options: Options, project: Project) -> str:
    """The variable that the configuration names for the remote; "" where it names none."""
    from driftwatch.cli.project import load_settings

    remotes = load_settings(options, project.root).remotes.values()
    return next((one.url_env for one in sorted(remotes, key=lambda one: not one.default) if one.url_env), "")


def _answers(options: Options, project: Project, *, asks: bool) -> tuple[Project, str]:
    """Where the migrations are, and which variable holds the remote's URL: the first two questions."""
    from driftwatch.actions.init import likely_folder, own_variable, refuse_folder, refuse_variable

    folder = likely_folder(project.root)
    found = next((name for name in _VARIABLES if os.environ.get(name)), _NONE)
    variable, holder = own_variable(project, found)
    if holder:
        options.say(f"{holder} has {found} already, so {variable} is for this project's production.")
    if asks:
        options.say(f"This sets up driftwatch in {project.root}.")
        folder = _ask(options, "Folder of the migrations", folder, lambda answer: refuse_folder(project.root, answer))
        variable = _ask(
            options,
            "Environment variable that holds the URL of production's database (none: no remote yet)",
            variable,
            lambda answer: "" if answer == _NONE else refuse_variable(answer),
        )
    folder = Path(os.path.normpath(folder)).as_posix()
    return replace(project, migrations_dir=folder), "" if variable == _NONE else variable


def _ask(options: Options, question: str, default: str, refuse: Callable[[str], str]) -> str:
    def checked(answer: str) -> str:
        if answer.strip().lower() in _YES_OR_NO:
            raise click.UsageError(f"Press Enter for {default}, or type another.")
        if problem := refuse(answer.strip()):
            raise click.UsageError(problem)
        return answer.strip()

    return str(click.prompt(question, default=default, value_proc=checked, err=options.json))


def _steps(project: Project, variable: str) -> tuple[list[Step], list[str], list[str]]:
    """What there is to do, what a person should know, and what could not be done."""
    from driftwatch.actions import init
    from driftwatch.errors import DriftwatchError
    from driftwatch.share import share_path

    def text(name: str) -> str:
        return share_path(name).read_text(encoding="utf-8")

    found: list[Step | None] = [init.config_step(project, text("config.example.toml"), variable)]
    notes: list[str] = []
    problems: list[str] = []
    try:
        found.append(init.hooks_step(project))
    except DriftwatchError as error:
        problems.append(error.in_words())
    if project.repo is None:
        notes.append("This is not a git repository; for the hooks: git init, then driftwatch init again.")
    if package := init.find_package_json(Path.cwd(), project.root, project.repo):
        try:
            step, kept = init.scripts_step(project, package)
            found.append(step)
            notes += kept
        except DriftwatchError as error:
            problems.append(error.in_words())
    found.append(init.ci_step(project, lambda name: text(f"docs/recipes/{name}"), variable))
    return [step for step in found if step is not None], notes, problems


def _chosen(options: Options, steps: list[Step], *, asks: bool) -> list[Step]:
    """The steps that are wanted. Without anybody to ask, what they are is said, and none is done."""
    from driftwatch.errors import UsageError

    if options.yes or not steps:
        return steps
    if not asks:
        for step in steps:
            options.say(f"Would {step.what}.")
        raise UsageError(
            "Nobody is there to answer questions.",
            untouched="Nothing was done.",
            next_step="driftwatch init --yes does all of it.",
        )
    return [step for step in steps if step.asked or _confirmed(options, step)]


def _confirmed(options: Options, step: Step) -> bool:
    return click.confirm(f"{step.what[0].upper()}{step.what[1:]}?", default=True, err=options.json)


def _next(project: Project, variable: str) -> str:
    """The command to type now, from where the person is."""
    inside = Path.cwd().resolve().is_relative_to(project.root.resolve())
    where = "" if inside else f" --project {shlex.quote(os.path.relpath(project.root))}"
    if variable and not os.environ.get(variable):
        return f"export {variable}='postgresql://…'; driftwatch{where} status"
    return f"driftwatch{where} status"
